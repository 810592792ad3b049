package dev.tandem.testing

/** What a LocalLab server would say, piece by piece; [server] plays it as a whole. */
public object LocalLabReplies {
    /** A server with two models, `fake-1` loaded, that answers a prompt by repeating it behind `Echo: `. */
    @JvmStatic
    public fun server(): (FakeRequest) -> Reply = LocalLabPlay()

    /** A whole answer of `/generate`. */
    @JvmStatic
    public fun generate(text: String): Reply = json("""{"text":${quoted(text)},"model":"fake-1"}""")

    /** The same from an older server. */
    @JvmStatic
    public fun olderGenerate(text: String): Reply = json("""{"response":${quoted(text)}}""")

    /** A whole answer of `/chat`. */
    @JvmStatic
    public fun chat(text: String): Reply =
        json("""{"choices":[{"message":{"role":"assistant","content":${quoted(text)}},"index":0,"finish_reason":"stop"}]}""")

    /** An answer of `/generate/batch`. */
    @JvmStatic
    public fun batch(vararg texts: String): Reply = json(texts.joinToString(",", """{"responses":[""", "]}") { quoted(it) })

    /** A stream of `/generate` with its end marker. As the server does, it drops [pieces] of white space only. */
    @JvmStatic
    public fun stream(vararg pieces: String): Reply = Reply.stream(events(*pieces) + DONE, *HEADERS)

    /** [pieces], and then the server falls silent. */
    @JvmStatic
    public fun streamThenHold(vararg pieces: String): Reply = Reply.streamThenHold(events(*pieces), *HEADERS)

    /** [pieces], and then the end of the body with no word that it is the end of the answer. */
    @JvmStatic
    public fun streamWithoutEnd(vararg pieces: String): Reply = Reply.stream(events(*pieces), *HEADERS)

    /** [pieces], and then the model fails. */
    @JvmStatic
    public fun streamThenError(message: String, vararg pieces: String): Reply =
        Reply.stream(events(*pieces) + "data: [ERROR] \\nError: ${escaped(message)}\n\n" + DONE, *HEADERS)

    /** [pieces], and then the server itself fails: other words, not escaped, and no end marker. */
    @JvmStatic
    public fun streamThenFailure(message: String, vararg pieces: String): Reply =
        Reply.stream(events(*pieces) + "data: [ERROR] $message\n\n", *HEADERS)

    /** A stream of `/chat`: nothing but text. As the server does, it drops [pieces] of white space only. */
    @JvmStatic
    public fun chatStream(vararg pieces: String): Reply = Reply.stream(kept(pieces), *HEADERS)

    /** [pieces], and then the server falls silent. */
    @JvmStatic
    public fun chatStreamThenHold(vararg pieces: String): Reply = Reply.streamThenHold(kept(pieces), *HEADERS)

    /** [pieces], and then the model fails. */
    @JvmStatic
    public fun chatStreamThenError(message: String, vararg pieces: String): Reply =
        Reply.stream(kept(pieces) + "\nError: $message", *HEADERS)

    /** A list of models, of which [loaded] is loaded; null for none. */
    @JvmStatic
    public fun models(loaded: String?, vararg ids: String): Reply = json(
        ids.joinToString(",", """{"models":[""", """],"current_model":${loaded?.let(::quoted)}}""") {
            """{"id":${quoted(it)},"name":${quoted("The $it")},"can_load":true,"description":"","is_loaded":${it == loaded}}"""
        },
    )

    /** The state of one model. */
    @JvmStatic
    public fun model(id: String, isLoaded: Boolean, progress: Double): Reply =
        json("""{"id":${quoted(id)},"name":${quoted("The $id")},"is_loaded":$isLoaded,"loading_progress":$progress}""")

    /** How loading, unloading and the health of a server are answered. */
    @JvmStatic
    public fun status(status: String, message: String): Reply = json("""{"status":${quoted(status)},"message":${quoted(message)}}""")

    /** What the server tells [modelId] or, where that is null, all models. */
    @JvmStatic
    public fun instructions(text: String, modelId: String?): Reply =
        json("""{"instructions":${quoted(text)},"model_id":${quoted(modelId ?: "global")}}""")

    /** A machine; [gpus] is JSON. */
    @JvmStatic
    public fun systemInfo(activeModel: String?, gpus: String?): Reply = json(
        """{"cpu_usage":12.5,"memory_usage":48.1,"gpu_info":$gpus,"active_model":${activeModel?.let(::quoted)},""" +
            """"uptime":3600.25,"request_count":42}""",
    )

    /** Done, in a sentence. */
    @JvmStatic
    public fun done(message: String): Reply = json("""{"message":${quoted(message)}}""")

    /** A failure in FastAPI's words. */
    @JvmStatic
    public fun error(status: Int, detail: String): Reply = Reply.error(status, """{"detail":${quoted(detail)}}""", *HEADERS)

    /** A field that the server does not take as it is. */
    @JvmStatic
    public fun invalid(field: String, message: String): Reply = Reply.error(
        422,
        """{"detail":[{"type":"value_error","loc":["body",${quoted(field)}],"msg":${quoted(message)}}]}""",
        *HEADERS,
    )

    private fun json(body: String) = Reply.json(body, *HEADERS)

    private fun events(vararg pieces: String) = kept(pieces).map { "data: ${escaped(it)}\n\n" }

    private fun kept(pieces: Array<out String>) = pieces.filter { it.isNotBlank() }

    private fun escaped(text: String) = text.replace("\n", "\\n")

    private const val DONE = "data: [DONE]\n\n"
    private val HEADERS = arrayOf("X-Process-Time", "0.0123", "X-Request-Count", "7")
}
