package dev.tandem.testing

/** What OpenAI's Responses, the younger of its two wires, would say; errors and lists are those of [OpenAiReplies]. */
public object ResponsesReplies {
    /** A whole answer. */
    @JvmStatic
    public fun chat(text: String): Reply = whole(message(text))

    /** A whole answer with a summary of the thoughts; the encrypted ones are there when they were asked for. */
    @JvmStatic
    public fun thinking(summary: String, encrypted: String?, text: String): Reply =
        whole("${reasoning(summary, encrypted)},${message(text)}", """{"reasoning_tokens":1}""")

    /** A whole answer that asks for a tool. [arguments] is JSON. */
    @JvmStatic
    public fun toolCall(id: String, name: String, arguments: String): Reply = whole(call(id, name, arguments))

    /** The answer of [chat] in [pieces], with usage and the last event. */
    @JvmStatic
    public fun stream(vararg pieces: String): Reply = events(start() + text(0, *pieces) + completed(message(pieces.joinToString(""))))

    /** [pieces], and then the server falls silent. */
    @JvmStatic
    public fun streamThenHold(vararg pieces: String): Reply = Reply.streamThenHold(numbered(start() + openText(0, *pieces)), *REQUEST_ID)

    /** [pieces], and then the end of the body with no word that it is the end of the answer. */
    @JvmStatic
    public fun streamWithoutEnd(vararg pieces: String): Reply = events(start() + openText(0, *pieces))

    /** [pieces], and then `response.failed`, under a status that said all is well. */
    @JvmStatic
    public fun streamThenError(code: String, message: String, vararg pieces: String): Reply = events(
        start() + openText(0, *pieces) +
            Event(
                "response.failed",
                """"response":${response("failed", "", "null", error = """{"code":${quoted(code)},"message":${quoted(message)}}""")}""",
            ),
    )

    /** [pieces], and then the event that is called `error` and has no response around it. */
    @JvmStatic
    public fun streamThenErrorEvent(code: String, message: String, vararg pieces: String): Reply = events(
        start() + openText(0, *pieces) + Event("error", """"code":${quoted(code)},"message":${quoted(message)},"param":null"""),
    )

    /** [pieces], and then no more tokens: the answer is incomplete, and says so. */
    @JvmStatic
    public fun streamThenCut(reason: String, vararg pieces: String): Reply = events(
        start() + text(0, *pieces) +
            Event(
                "response.incomplete",
                """"response":${response(
                    "incomplete",
                    message(pieces.joinToString("")),
                    USAGE,
                    cut = """{"reason":${quoted(reason)}}""",
                )}""",
            ),
    )

    /** A summary of the thoughts in one piece, then the answer in [pieces]. */
    @JvmStatic
    public fun streamThinking(summary: String, encrypted: String?, vararg pieces: String): Reply = events(
        start() + added(0, """{"id":"rs_1","type":"reasoning","summary":[]}""") +
            Event("response.reasoning_summary_part.added", """$THOUGHT,"part":{"type":"summary_text","text":""}""") +
            Event("response.reasoning_summary_text.delta", """$THOUGHT,"delta":${quoted(summary)}""") +
            Event("response.reasoning_summary_text.done", """$THOUGHT,"text":${quoted(summary)}""") +
            Event("response.reasoning_summary_part.done", """$THOUGHT,"part":${summaryPart(summary)}""") +
            done(0, reasoning(summary, encrypted)) + text(1, *pieces) +
            completed("${reasoning(summary, encrypted)},${message(pieces.joinToString(""))}"),
    )

    /** A tool call whose arguments come in [pieces]. */
    @JvmStatic
    public fun streamToolCall(id: String, name: String, vararg pieces: String): Reply {
        val whole = pieces.joinToString("")
        return events(
            start() + added(0, call(id, name, "", "in_progress")) +
                pieces.map {
                    Event(
                        "response.function_call_arguments.delta",
                        """"item_id":"fc_1","output_index":0,"delta":${quoted(it)}""",
                    )
                } +
                Event("response.function_call_arguments.done", """"item_id":"fc_1","output_index":0,"arguments":${quoted(whole)}""") +
                done(0, call(id, name, whole)) + completed(call(id, name, whole)),
        )
    }

    private class Event(val type: String, val fields: String)

    private fun start() = listOf("created", "in_progress").map {
        Event("response.$it", """"response":${response("in_progress", "", "null")}""")
    }

    private fun text(index: Int, vararg pieces: String): List<Event> {
        val whole = pieces.joinToString("")
        return openText(index, *pieces) +
            Event("response.output_text.done", """${place(index)},"text":${quoted(whole)},"logprobs":[]""") +
            Event("response.content_part.done", """${place(index)},"part":${textPart(whole)}""") + done(index, message(whole))
    }

    private fun openText(index: Int, vararg pieces: String) = listOf(
        added(index, """{"id":"msg_1","type":"message","status":"in_progress","role":"assistant","content":[]}"""),
        Event("response.content_part.added", """${place(index)},"part":${textPart("")}"""),
    ) + pieces.map { Event("response.output_text.delta", """${place(index)},"delta":${quoted(it)},"logprobs":[]""") }

    private fun added(index: Int, item: String) = Event("response.output_item.added", """"output_index":$index,"item":$item""")

    private fun done(index: Int, item: String) = Event("response.output_item.done", """"output_index":$index,"item":$item""")

    private fun completed(items: String) = listOf(Event("response.completed", """"response":${response("completed", items, USAGE)}"""))

    private fun place(index: Int) = """"item_id":"msg_1","output_index":$index,"content_index":0"""

    private fun message(text: String) =
        """{"id":"msg_1","type":"message","status":"completed","role":"assistant","content":[${textPart(text)}]}"""

    private fun textPart(text: String) = """{"type":"output_text","annotations":[],"logprobs":[],"text":${quoted(text)}}"""

    private fun summaryPart(summary: String) = """{"type":"summary_text","text":${quoted(summary)}}"""

    private fun reasoning(summary: String, encrypted: String?): String {
        val hidden = encrypted?.let { ""","encrypted_content":${quoted(it)}""" }.orEmpty()
        return """{"id":"rs_1","type":"reasoning","summary":[${summaryPart(summary)}]$hidden}"""
    }

    private fun call(id: String, name: String, arguments: String, status: String = "completed") =
        """{"id":"fc_1","type":"function_call","status":"$status","call_id":${quoted(id)},"name":${quoted(name)},""" +
            """"arguments":${quoted(arguments)}}"""

    private fun whole(items: String, details: String = """{"reasoning_tokens":0}"""): Reply =
        Reply.json(response("completed", items, usage(details)), *REQUEST_ID)

    private fun response(status: String, items: String, usage: String, error: String = "null", cut: String = "null") =
        """{"id":"resp_1","object":"response","created_at":1,"status":"$status","error":$error,"incomplete_details":$cut,""" +
            """"instructions":null,"metadata":{},"model":"fake-1","output":[$items],"parallel_tool_calls":true,""" +
            """"temperature":1.0,"tool_choice":"auto","tools":[],"top_p":1.0,"usage":$usage}"""

    private fun usage(details: String) = """{"input_tokens":3,"input_tokens_details":{"cached_tokens":0},"output_tokens":2,""" +
        """"output_tokens_details":$details,"total_tokens":5}"""

    private fun events(events: List<Event>): Reply = Reply.stream(numbered(events), *REQUEST_ID)

    private fun numbered(events: List<Event>) = events.mapIndexed { i, event ->
        "event: ${event.type}\ndata: {\"type\":\"${event.type}\",\"sequence_number\":$i,${event.fields}}\n\n"
    }

    private val USAGE = usage("""{"reasoning_tokens":0}""")
    private val REQUEST_ID = arrayOf("x-request-id", "req-1")
    private const val THOUGHT = """"item_id":"rs_1","output_index":0,"summary_index":0"""
}
