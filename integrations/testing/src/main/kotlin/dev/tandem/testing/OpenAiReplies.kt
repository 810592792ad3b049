package dev.tandem.testing

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

    /** The same answer in [pieces], with usage and the end marker. */
    @JvmStatic
    public fun stream(vararg pieces: String): Reply = Reply.stream(chunks(*pieces) + END, "x-request-id", "req-1")

    /** [pieces], and then the server falls silent. */
    @JvmStatic
    public fun streamThenHold(vararg pieces: String): Reply = Reply.streamThenHold(chunks(*pieces), "x-request-id", "req-1")

    /** [pieces], and then the end of the body with no word that it is the end of the answer. */
    @JvmStatic
    public fun streamWithoutEnd(vararg pieces: String): Reply = Reply.stream(chunks(*pieces), "x-request-id", "req-1")

    /** Vectors, the last first: clients must go by the index. */
    @JvmStatic
    public fun embeddings(vararg vectors: FloatArray): Reply = Reply.json(
        vectors.withIndex().reversed().joinToString(",", """{"object":"list","model":"fake-embed","data":[""", "]") { (i, vector) ->
            """{"object":"embedding","index":$i,"embedding":${vector.toList()}}"""
        } + ""","usage":{"prompt_tokens":7,"total_tokens":7}}""",
    )

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

    /** The events of [stream], without its end. */
    public fun chunks(vararg pieces: String): List<String> =
        pieces.map { event("""{"id":"chat-1","model":"fake-1","choices":[{"index":0,"delta":{"content":${quoted(it)}}}]}""") }

    /** One server-sent event. */
    public fun event(data: String): String = "data: $data\n\n"

    private val END =
        listOf(
            event("""{"id":"chat-1","model":"fake-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}"""),
            event("""{"id":"chat-1","model":"fake-1","choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}"""),
            event("[DONE]"),
        )

    private fun quoted(text: String): String = "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\""
}
