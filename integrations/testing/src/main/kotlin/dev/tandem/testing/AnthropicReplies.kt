package dev.tandem.testing

/** What Anthropic's Messages would say. */
public object AnthropicReplies {
    /** A whole answer. */
    @JvmStatic
    public fun chat(text: String): Reply = whole(textBlock(text), "end_turn")

    /** A whole answer that thought first; the signature has to come back with the thought. */
    @JvmStatic
    public fun thinking(thought: String, signature: String, text: String): Reply =
        whole("""{"type":"thinking","thinking":${quoted(thought)},"signature":${quoted(signature)}},${textBlock(text)}""", "end_turn")

    /** A whole answer that asks for a tool. [arguments] is a JSON object. */
    @JvmStatic
    public fun toolCall(id: String, name: String, arguments: String): Reply =
        whole("""{"type":"tool_use","id":${quoted(id)},"name":${quoted(name)},"input":$arguments}""", "tool_use")

    /** The answer of [chat] in [pieces], with usage and the end marker. */
    @JvmStatic
    public fun stream(vararg pieces: String): Reply = events(start() + text(0, *pieces) + end("end_turn"))

    /** [pieces], and then the server falls silent. */
    @JvmStatic
    public fun streamThenHold(vararg pieces: String): Reply = Reply.streamThenHold(start() + openText(0, *pieces), *REQUEST_ID)

    /** [pieces], and then the end of the body with no word that it is the end of the answer. */
    @JvmStatic
    public fun streamWithoutEnd(vararg pieces: String): Reply = events(start() + openText(0, *pieces))

    /** [pieces], and then an error inside the stream: status and headers have long said that all is well. */
    @JvmStatic
    public fun streamThenError(type: String, message: String, vararg pieces: String): Reply =
        events(start() + openText(0, *pieces) + event("error", errorBody(type, message)))

    /** A thought in one piece, its signature, then the answer in [pieces]. */
    @JvmStatic
    public fun streamThinking(thought: String, signature: String, vararg pieces: String): Reply = events(
        start() + open(0, """{"type":"thinking","thinking":"","signature":""}""") +
            delta(0, """{"type":"thinking_delta","thinking":${quoted(thought)}}""") +
            delta(0, """{"type":"signature_delta","signature":${quoted(signature)}}""") + close(0) +
            text(1, *pieces) + end("end_turn"),
    )

    /** A thought that only the provider can read, whole in the start of its block, then the answer in [pieces]. */
    @JvmStatic
    public fun streamRedactedThinking(data: String, vararg pieces: String): Reply = events(
        start() + open(0, """{"type":"redacted_thinking","data":${quoted(data)}}""") + close(0) + text(1, *pieces) + end("end_turn"),
    )

    /** A tool call whose arguments come in [pieces], the first of them empty, as the real one does it. */
    @JvmStatic
    public fun streamToolCall(id: String, name: String, vararg pieces: String): Reply = events(
        start() + open(0, """{"type":"tool_use","id":${quoted(id)},"name":${quoted(name)},"input":{}}""") +
            (listOf("") + pieces).map { delta(0, """{"type":"input_json_delta","partial_json":${quoted(it)}}""") } + close(0) +
            end("tool_use"),
    )

    /** A list of models, all on one page. */
    @JvmStatic
    public fun models(vararg ids: String): Reply = page(false, ids)

    /** A page of models that says there are more; the next is asked for with `after_id`, the last of [ids]. */
    @JvmStatic
    public fun modelsWithMore(vararg ids: String): Reply = page(true, ids)

    /** A failure of the type that belongs to [status]. */
    @JvmStatic
    public fun error(status: Int, message: String): Reply = error(status, message, errorType(status))

    /** A failure in Anthropic's words. */
    @JvmStatic
    public fun error(status: Int, message: String, type: String): Reply = Reply.error(status, errorBody(type, message), *REQUEST_ID)

    /** One server-sent event. */
    public fun event(name: String, data: String): String = "event: $name\ndata: $data\n\n"

    private fun start() = listOf(
        event("message_start", """{"type":"message_start","message":${message("", "null", "\"output_tokens\":1")}}"""),
        event("ping", """{"type":"ping"}"""),
    )

    private fun text(index: Int, vararg pieces: String) = openText(index, *pieces) + close(index)

    private fun openText(index: Int, vararg pieces: String) = listOf(open(index, """{"type":"text","text":""}""")) +
        pieces.map { delta(index, """{"type":"text_delta","text":${quoted(it)}}""") }

    private fun open(index: Int, block: String) =
        event("content_block_start", """{"type":"content_block_start","index":$index,"content_block":$block}""")

    private fun delta(index: Int, delta: String) =
        event("content_block_delta", """{"type":"content_block_delta","index":$index,"delta":$delta}""")

    private fun close(index: Int) = event("content_block_stop", """{"type":"content_block_stop","index":$index}""")

    private fun end(reason: String) = listOf(
        event(
            "message_delta",
            """{"type":"message_delta","delta":{"stop_reason":"$reason","stop_sequence":null},"usage":{"output_tokens":2}}""",
        ),
        event("message_stop", """{"type":"message_stop"}"""),
    )

    private fun whole(blocks: String, reason: String): Reply =
        Reply.json(message(blocks, quoted(reason), "\"output_tokens\":2"), *REQUEST_ID)

    private fun message(blocks: String, reason: String, outputTokens: String): String =
        """{"id":"msg_1","type":"message","role":"assistant","model":"fake-1","content":[$blocks],"stop_reason":$reason,""" +
            """"stop_sequence":null,"usage":{"input_tokens":3,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,$outputTokens}}"""

    private fun textBlock(text: String) = """{"type":"text","text":${quoted(text)}}"""

    private fun page(hasMore: Boolean, ids: Array<out String>): Reply = Reply.json(
        ids.joinToString(",", """{"data":[""", "]") {
            """{"type":"model","id":${quoted(it)},"display_name":"Fake","created_at":"2026-01-01T00:00:00Z"}"""
        } + ""","has_more":$hasMore,"first_id":${ids.firstOrNull()?.let(::quoted)},"last_id":${ids.lastOrNull()?.let(::quoted)}}""",
        *REQUEST_ID,
    )

    private fun errorBody(type: String, message: String) =
        """{"type":"error","error":{"type":${quoted(type)},"message":${quoted(message)}},"request_id":"req_1"}"""

    private fun errorType(status: Int): String = when (status) {
        400 -> "invalid_request_error"
        401 -> "authentication_error"
        402 -> "billing_error"
        403 -> "permission_error"
        404 -> "not_found_error"
        413 -> "request_too_large"
        429 -> "rate_limit_error"
        504 -> "timeout_error"
        529 -> "overloaded_error"
        else -> "api_error"
    }

    private fun events(events: List<String>): Reply = Reply.stream(events, *REQUEST_ID)

    private val REQUEST_ID = arrayOf("request-id", "req_1")
}
