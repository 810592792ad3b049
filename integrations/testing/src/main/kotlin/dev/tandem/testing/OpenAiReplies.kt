package dev.tandem.testing

import java.nio.ByteBuffer
import java.nio.ByteOrder
import java.util.Base64

/** What OpenAI and its like would say. */
public object OpenAiReplies {
    /** A whole answer. */
    @JvmStatic
    public fun chat(text: String): Reply = Reply.json(
        """{"id":"chat-1","object":"chat.completion","created":1,"model":"fake-1","choices":[{"index":0,"message":""" +
            """{"role":"assistant","content":${quoted(text)}},"finish_reason":"stop"}],""" +
            """"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""",
        "x-request-id",
        "req-1",
    )

    /** A whole answer that asks for a tool. [arguments] is JSON, which this wire carries as text. */
    @JvmStatic
    public fun toolCall(id: String, name: String, arguments: String): Reply = Reply.json(
        """{"id":"chat-1","object":"chat.completion","created":1,"model":"fake-1","choices":[{"index":0,"message":""" +
            """{"role":"assistant","content":null,"tool_calls":[${call(id, name, arguments)}]},"finish_reason":"tool_calls"}],""" +
            """"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}""",
        "x-request-id",
        "req-1",
    )

    /** The same answer in [pieces], with usage and the end marker. */
    @JvmStatic
    public fun stream(vararg pieces: String): Reply = Reply.stream(listOf(START) + chunks(*pieces) + end("stop"), "x-request-id", "req-1")

    /** [pieces], and then the server falls silent. */
    @JvmStatic
    public fun streamThenHold(vararg pieces: String): Reply = Reply.streamThenHold(listOf(START) + chunks(*pieces), "x-request-id", "req-1")

    /** [pieces], and then the end of the body with no word that it is the end of the answer. */
    @JvmStatic
    public fun streamWithoutEnd(vararg pieces: String): Reply = Reply.stream(listOf(START) + chunks(*pieces), "x-request-id", "req-1")

    /** A tool call whose arguments come in [pieces]. */
    @JvmStatic
    public fun streamToolCall(id: String, name: String, vararg pieces: String): Reply = Reply.stream(
        listOf(delta("""{"role":"assistant","content":null,"tool_calls":[${call(id, name, "", "\"index\":0,")}]}""")) +
            pieces.map { delta("""{"tool_calls":[{"index":0,"function":{"arguments":${quoted(it)}}}]}""") } + end("tool_calls"),
        "x-request-id",
        "req-1",
    )

    /** Vectors, the last first: clients must go by the index. */
    @JvmStatic
    public fun embeddings(vararg vectors: FloatArray): Reply = embeddings(vectors) { it.toList().toString() }

    /** The same for a client that asked for `base64`: little-endian floats. */
    @JvmStatic
    public fun embeddingsBase64(vararg vectors: FloatArray): Reply = embeddings(vectors) { quoted(base64(it)) }

    /** A list of models. */
    @JvmStatic
    public fun models(vararg ids: String): Reply =
        Reply.json(ids.joinToString(",", """{"object":"list","data":[""", "]}") { """{"id":"$it","object":"model","owned_by":"fake"}""" })

    /** A failure in OpenAI's words. */
    @JvmStatic
    public fun error(status: Int, message: String, type: String, code: String?): Reply = Reply.error(
        status,
        """{"error":{"message":${quoted(message)},"type":"$type","param":null,"code":${code?.let(::quoted)}}}""",
        "x-request-id",
        "req-1",
    )

    /** The events of [stream] that carry text. */
    public fun chunks(vararg pieces: String): List<String> = pieces.map { delta("""{"content":${quoted(it)}}""") }

    /** One server-sent event. */
    public fun event(data: String): String = "data: $data\n\n"

    private fun delta(delta: String, reason: String = "null") =
        event("""{$HEAD,"choices":[{"index":0,"delta":$delta,"logprobs":null,"finish_reason":$reason}]}""")

    private fun end(reason: String) = listOf(
        delta("{}", quoted(reason)),
        event("""{$HEAD,"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}"""),
        event("[DONE]"),
    )

    private fun call(id: String, name: String, arguments: String, index: String = "") =
        """{$index"id":${quoted(id)},"type":"function","function":{"name":${quoted(name)},"arguments":${quoted(arguments)}}}"""

    private fun embeddings(vectors: Array<out FloatArray>, written: (FloatArray) -> String): Reply = Reply.json(
        vectors.withIndex().reversed().joinToString(",", """{"object":"list","model":"fake-embed","data":[""", "]") { (i, vector) ->
            """{"object":"embedding","index":$i,"embedding":${written(vector)}}"""
        } + ""","usage":{"prompt_tokens":7,"total_tokens":7}}""",
    )

    private fun base64(vector: FloatArray): String {
        val bytes = ByteBuffer.allocate(vector.size * Float.SIZE_BYTES).order(ByteOrder.LITTLE_ENDIAN)
        vector.forEach(bytes::putFloat)
        return Base64.getEncoder().encodeToString(bytes.array())
    }

    private const val HEAD = """"id":"chat-1","object":"chat.completion.chunk","created":1,"model":"fake-1""""

    /** The role comes first, with no text. */
    private val START = delta("""{"role":"assistant","content":""}""")
}
