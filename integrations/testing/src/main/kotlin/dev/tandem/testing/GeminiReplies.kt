package dev.tandem.testing

/** What Gemini's generateContent and streamGenerateContent (with `alt=sse`) would say. */
public object GeminiReplies {
    /** A whole answer. */
    @JvmStatic
    public fun chat(text: String): Reply = Reply.json(answer(textPart(text), "STOP"))

    /** A whole answer that thought first. */
    @JvmStatic
    public fun thinking(thought: String, signature: String, text: String): Reply =
        Reply.json(answer("""${thoughtPart(thought)},${signed(text, signature)}""", "STOP", THOUGHTFUL))

    /** A whole answer that asks for a tool; Gemini gives no id and says STOP. [arguments] is a JSON object. */
    @JvmStatic
    public fun toolCall(name: String, arguments: String, signature: String?): Reply =
        Reply.json(answer(callPart(name, arguments, signature), "STOP"))

    /** The answer of [chat] in [pieces]: usage in all of them, the finish reason in the last, no end marker. */
    @JvmStatic
    public fun stream(vararg pieces: String): Reply = Reply.stream(
        pieces.mapIndexed { i, piece -> chunk(textPart(piece), if (i == pieces.lastIndex) "STOP" else null) },
    )

    /** [pieces], and then the server falls silent. */
    @JvmStatic
    public fun streamThenHold(vararg pieces: String): Reply = Reply.streamThenHold(pieces.map { chunk(textPart(it), null) })

    /** [pieces], and then the end of the body with no finish reason. */
    @JvmStatic
    public fun streamWithoutEnd(vararg pieces: String): Reply = Reply.stream(pieces.map { chunk(textPart(it), null) })

    /** [pieces], and then an error inside the stream. */
    @JvmStatic
    public fun streamThenError(status: Int, message: String, vararg pieces: String): Reply =
        Reply.stream(pieces.map { chunk(textPart(it), null) } + event(errorBody(status, message, null)))

    /** A thought, the answer in [pieces], and the signature on an empty text, as the real one ends. */
    @JvmStatic
    public fun streamThinking(thought: String, signature: String, vararg pieces: String): Reply = Reply.stream(
        listOf(chunk(thoughtPart(thought), null, THOUGHTFUL)) + pieces.map { chunk(textPart(it), null, THOUGHTFUL) } +
            chunk(signed("", signature), "STOP", THOUGHTFUL),
    )

    /** A tool call, whole in one chunk as always, then the end. */
    @JvmStatic
    public fun streamToolCall(name: String, arguments: String, signature: String?): Reply =
        Reply.stream(listOf(chunk(callPart(name, arguments, signature), null), chunk(textPart(""), "STOP")))

    /** The prompt was not let through: there are no candidates at all. */
    @JvmStatic
    public fun blocked(reason: String): Reply = Reply.json(
        """{"promptFeedback":{"blockReason":"$reason"},"usageMetadata":{"promptTokenCount":3,"totalTokenCount":3},""" +
            """"modelVersion":"fake-1","responseId":"resp-1"}""",
    )

    /** Of batchEmbedContents. */
    @JvmStatic
    public fun embeddings(vararg vectors: FloatArray): Reply =
        Reply.json(vectors.joinToString(",", """{"embeddings":[""", "]}") { """{"values":${it.toList()}}""" })

    /** Of embedContent. */
    @JvmStatic
    public fun embedding(vector: FloatArray): Reply = Reply.json("""{"embedding":{"values":${vector.toList()}}}""")

    /** A list of models, all on one page. */
    @JvmStatic
    public fun models(vararg ids: String): Reply = Reply.json("""{${modelList(ids)}}""")

    /** A page of models that says there are more; the next is asked for with `pageToken`. */
    @JvmStatic
    public fun modelsWithMore(token: String, vararg ids: String): Reply =
        Reply.json("""{${modelList(ids)},"nextPageToken":${quoted(token)}}""")

    /** A failure in Google's words. */
    @JvmStatic
    public fun error(status: Int, message: String): Reply = Reply.error(status, errorBody(status, message, null))

    /** Out of quota, with the delay where Gemini puts it: in the body, such as `34.07s`. */
    @JvmStatic
    public fun errorWithRetryDelay(status: Int, message: String, delay: String): Reply =
        Reply.error(status, errorBody(status, message, delay))

    /** Gemini ends its lines with carriage returns. */
    public fun event(data: String): String = "data: $data\r\n\r\n"

    private fun chunk(parts: String, reason: String?, usage: String = USAGE) = event(answer(parts, reason, usage))

    private fun answer(parts: String, reason: String?, usage: String = USAGE): String {
        val finish = reason?.let { ""","finishReason":"$it"""" }.orEmpty()
        return """{"candidates":[{"content":{"parts":[$parts],"role":"model"}$finish,"index":0}],"usageMetadata":$usage,""" +
            """"modelVersion":"fake-1","responseId":"resp-1"}"""
    }

    private fun textPart(text: String) = """{"text":${quoted(text)}}"""

    private fun thoughtPart(thought: String) = """{"text":${quoted(thought)},"thought":true}"""

    private fun signed(text: String, signature: String) = """{"text":${quoted(text)},"thoughtSignature":${quoted(signature)}}"""

    private fun callPart(name: String, arguments: String, signature: String?): String {
        val thought = signature?.let { ""","thoughtSignature":${quoted(it)}""" }.orEmpty()
        return """{"functionCall":{"name":${quoted(name)},"args":$arguments}$thought}"""
    }

    private fun modelList(ids: Array<out String>) = ids.joinToString(",", """"models":[""", "]") {
        """{"name":${quoted("models/$it")},"version":"001","displayName":"Fake","inputTokenLimit":1048576,"outputTokenLimit":65536,""" +
            """"supportedGenerationMethods":["generateContent","countTokens"]}"""
    }

    private fun errorBody(status: Int, message: String, delay: String?): String {
        val details = delay?.let { ""","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"$it"}]""" }.orEmpty()
        return """{"error":{"code":$status,"message":${quoted(message)},"status":"${errorName(status)}"$details}}"""
    }

    private fun errorName(status: Int): String = when (status) {
        400 -> "INVALID_ARGUMENT"
        401 -> "UNAUTHENTICATED"
        403 -> "PERMISSION_DENIED"
        404 -> "NOT_FOUND"
        429 -> "RESOURCE_EXHAUSTED"
        503 -> "UNAVAILABLE"
        504 -> "DEADLINE_EXCEEDED"
        else -> "INTERNAL"
    }

    private const val USAGE = """{"promptTokenCount":3,"candidatesTokenCount":2,"totalTokenCount":5}"""

    /** The thoughts are not among the candidates' tokens, but in the total. */
    private const val THOUGHTFUL = """{"promptTokenCount":3,"candidatesTokenCount":2,"thoughtsTokenCount":4,"totalTokenCount":9}"""
}
