package dev.tandem.testing

/** What Ollama's own API would say: lines of JSON, no events. */
public object OllamaReplies {
    /** A whole answer. */
    @JvmStatic
    public fun chat(text: String): Reply = Reply.json(last(message(text)))

    /** A whole answer that thought first. */
    @JvmStatic
    public fun thinking(thought: String, text: String): Reply = Reply.json(last(message(text, """"thinking":${quoted(thought)}""")))

    /** A whole answer that asks for a tool; older servers give no id, and all of them say `stop`. [arguments] is a JSON object. */
    @JvmStatic
    public fun toolCall(id: String?, name: String, arguments: String): Reply = Reply.json(last(message("", calls(id, name, arguments))))

    /** The answer of [chat] in [pieces]; the last line has the usage. */
    @JvmStatic
    public fun stream(vararg pieces: String): Reply = Reply.lines(lines(*pieces) + last(message("")))

    /** [pieces], and then the server falls silent. */
    @JvmStatic
    public fun streamThenHold(vararg pieces: String): Reply = Reply.linesThenHold(lines(*pieces))

    /** [pieces], and then the end of the body although nothing was done. */
    @JvmStatic
    public fun streamWithoutEnd(vararg pieces: String): Reply = Reply.lines(lines(*pieces))

    /** [pieces], and then a line that holds an error, under a status that said all is well. */
    @JvmStatic
    public fun streamThenError(message: String, vararg pieces: String): Reply = Reply.lines(lines(*pieces) + errorBody(message))

    /** A thought, then the answer in [pieces]. */
    @JvmStatic
    public fun streamThinking(thought: String, vararg pieces: String): Reply =
        Reply.lines(listOf(line(message("", """"thinking":${quoted(thought)}"""))) + lines(*pieces) + last(message("")))

    /** A tool call, whole in a line that is not the last. */
    @JvmStatic
    public fun streamToolCall(id: String?, name: String, arguments: String): Reply =
        Reply.lines(listOf(line(message("", calls(id, name, arguments))), last(message(""))))

    /** A model was loaded: done, and nothing said. */
    @JvmStatic
    public fun loaded(): Reply = Reply.json("""{$HEAD,"message":${message("")},"done_reason":"load","done":true}""")

    /** Vectors, in order. */
    @JvmStatic
    public fun embeddings(vararg vectors: FloatArray): Reply = Reply.json(
        vectors.joinToString(",", """{"model":"fake-embed","embeddings":[""", "]") { it.toList().toString() } +
            ""","total_duration":14143917,"load_duration":1019500,"prompt_eval_count":7}""",
    )

    /** Of tags. */
    @JvmStatic
    public fun models(vararg ids: String): Reply = Reply.json(
        ids.joinToString(",", """{"models":[""", "]}") {
            """{"name":${quoted(it)},"model":${quoted(it)},"modified_at":"2026-01-01T00:00:00.5+02:00","size":2019393189,""" +
                """"digest":"$DIGEST","details":{"parent_model":"","format":"gguf","family":"llama","families":["llama"],""" +
                """"parameter_size":"3.2B","quantization_level":"Q4_K_M"}}"""
        },
    )

    /** A pull whose one layer has [total] bytes and reports [completed] of them, one line each, then success. */
    @JvmStatic
    public fun pull(total: Long, vararg completed: Long): Reply = Reply.lines(
        listOf(status("pulling manifest")) + completed.map { progress(total, it) } +
            listOf("verifying sha256 digest", "writing manifest", "success").map(::status),
    )

    /** A pull that fails after it has begun. */
    @JvmStatic
    public fun pullThenError(message: String): Reply = Reply.lines(listOf(status("pulling manifest"), errorBody(message)))

    /** A failure in Ollama's words. */
    @JvmStatic
    public fun error(status: Int, message: String): Reply = Reply.error(status, errorBody(message))

    private fun lines(vararg pieces: String) = pieces.map { line(message(it)) }

    private fun line(message: String) = """{$HEAD,"message":$message,"done":false}"""

    private fun last(message: String) = """{$HEAD,"message":$message,"done_reason":"stop","done":true,"total_duration":4883583458,""" +
        """"load_duration":1334875,"prompt_eval_count":3,"prompt_eval_duration":342546000,"eval_count":2,"eval_duration":4535599000}"""

    private fun message(text: String, more: String = ""): String {
        val rest = if (more.isEmpty()) "" else ",$more"
        return """{"role":"assistant","content":${quoted(text)}$rest}"""
    }

    private fun calls(id: String?, name: String, arguments: String): String {
        val named = id?.let { """"id":${quoted(it)},""" }.orEmpty()
        return """"tool_calls":[{$named"function":{"index":0,"name":${quoted(name)},"arguments":$arguments}}]"""
    }

    private fun status(status: String) = """{"status":${quoted(status)}}"""

    private fun progress(total: Long, completed: Long) =
        """{"status":"pulling ${DIGEST.take(12)}","digest":"sha256:$DIGEST","total":$total,"completed":$completed}"""

    private fun errorBody(message: String) = """{"error":${quoted(message)}}"""

    private const val HEAD = """"model":"fake-1","created_at":"2026-01-01T00:00:00.123456Z""""
    private const val DIGEST = "dde5aa3fc5ffc17176b5e8bdc82f587b24b2678c6c66101bf7da77af9f7ccdff"
}
