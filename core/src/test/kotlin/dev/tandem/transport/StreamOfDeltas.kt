package dev.tandem.transport

import kotlin.random.Random

/** A stream much like a provider's, with everything now and then that should not be in it. */
internal class StreamOfDeltas(private val random: Random, private val isMessages: Boolean) {
    private val lineEnd = listOf("\n", "\n", "\n", "\r\n", "\r").random(random)
    private val space = if (random.nextInt(4) == 0) " " else ""
    private val rarely = random.nextInt(3, 60)
    private val hiding = random.nextInt(8)
    private var id = "chatcmpl-1"
    private var created = 1

    fun pieces(): List<ByteArray> {
        val body = body()
        val places = List(random.nextInt(12)) { random.nextInt(body.size + 1) }.sorted()
        if (random.nextInt(20) == 0) return body.map { byteArrayOf(it) }
        return (listOf(0) + places).zip(places + body.size) { from, to -> body.copyOfRange(from, to) }
    }

    private fun body(): ByteArray {
        val text = buildString {
            if (random.nextInt(10) == 0) append('\uFEFF')
            repeat(random.nextInt(40)) { append(event()) }
            if (random.nextBoolean()) append(end())
        }
        val bytes = text.encodeToByteArray()
        // A byte that is no UTF-8, wherever it falls; or an end where none should be.
        return when (random.nextInt(10)) {
            0 -> bytes.also { if (it.isNotEmpty()) it[random.nextInt(it.size)] = random.nextBytes(1)[0] }
            1 -> bytes.copyOf(random.nextInt(bytes.size + 1))
            else -> bytes
        }
    }

    private fun event(): String {
        if (random.nextInt(rarely) == 0) return oddity()
        if (random.nextInt(rarely) == 0) created++
        if (random.nextInt(rarely) == 0) id = listOf("chatcmpl-1", "chatcmpl-2", "word").random(random)
        return if (isMessages) message(TEXTS.random(random)) else chunk(TEXTS.random(random))
    }

    private fun chunk(text: String): String {
        val field = if (random.nextInt(rarely) == 0) FIELDS.random(random) else "content"
        val also = if (random.nextInt(rarely) == 0) ",$space" + ALSO.random(random).replace("TEXT", text) else ""
        val delta = """{"$field":$space"$text"$also}"""
        val rest = if (random.nextInt(rarely) == 0) REST.random(random).replace("TEXT", text) else hidden(TEXTS.random(random))
        val place = """"index":${if (random.nextInt(rarely) == 0) 1 else 0},"delta":$delta,"finish_reason":null"""
        return data("""{"id":"$id","created":$created,$space"choices":[{$place}]$rest}""")
    }

    /** As OpenAI does, in some streams. */
    private fun hidden(text: String) = when (hiding) {
        0 -> ""","obfuscation":"$text""""
        1 -> ""","citations":[{"obfuscation":"$text"}]"""
        2 -> ""","citations":["}"],"obfuscation":"$text","last":1"""
        3 -> ""","citations":{$lineEnd: }${lineEnd}data: "obfuscation":"$text"}"""
        4 -> ""","obfuscation":"$text"""" + if (random.nextInt(9) == 0) ""","obfuscation":"a"""" else ""
        else -> ""
    }

    private fun message(text: String): String {
        val (kind, field) = if (random.nextInt(rarely) == 0) KINDS.random(random) else KINDS.first()
        val index = if (random.nextInt(rarely) == 0) 1 else 0
        val json = """{"type":"content_block_delta","index":$index,"delta":{"type":"$kind",$space"$field":$space"$text"}}"""
        return "event: content_block_delta$lineEnd${data(json)}"
    }

    private fun data(json: String): String {
        // Several lines make one event.
        val lines = if (random.nextInt(rarely) == 0) json.replaceFirst(",", ",${lineEnd}data: ") else json
        return "data: $lines$lineEnd$lineEnd"
    }

    private fun oddity(): String = (if (isMessages) MESSAGES else CHUNKS).random(random).let(::data).let {
        when (random.nextInt(6)) {
            0 -> ": ping$lineEnd$lineEnd"
            1 -> ": ping$lineEnd$it"
            2 -> "id: ${random.nextInt()}$lineEnd$it"
            3 -> lineEnd + it
            4 -> "event: ${listOf("error", "x", "").random(random)}$lineEnd$it"
            else -> it
        }
    }

    private fun end(): String = if (isMessages) {
        data("""{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":9}}""") +
            data("""{"type":"message_stop"}""")
    } else {
        data("""{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""") + "data: [DONE]$lineEnd$lineEnd"
    }

    private companion object {
        val TEXTS =
            listOf(
                "a",
                "b",
                " word",
                "word",
                "content",
                "assistant",
                "text_delta",
                "",
                ",",
                ":",
                "{",
                "für",
                "日本",
                "🙂",
                "\u0001",
                "\t",
                "\uFFFD",
            ) +
                listOf(
                    "\\n",
                    "\\\"",
                    "a\\\\",
                    "\\u00e9",
                    "\\r\\t\\/\\b\\f\\\\",
                    "\\x",
                    "\\\n",
                    "\\\ndata: x",
                    "\\ud83d",
                    "\",\"x\":\"",
                    "\"",
                    "\\",
                    "<think>",
                    "</think>",
                    "<thi",
                    "nk>",
                    "</",
                    "x".repeat(70),
                )
        val FIELDS = listOf("reasoning_content", "reasoning", "refusal", "role", "conten")
        val ALSO = listOf(
            """"reasoning":"TEXT"""",
            """"reasoning_content":"TEXT"""",
            """"content":"TEXT"""",
            """"refusal":"TEXT"""",
            """"role":"assistant"""",
            """"tool_calls":[{"index":0,"id":"1","function":{"name":"f","arguments":"TEXT"}}]""",
            """"reasoning_details":[{"type":"reasoning.text","index":0,"text":"TEXT"}]""",
        )
        val REST = listOf(
            ""","model":"TEXT"""",
            ""","system_fingerprint":"TEXT"""",
            ""","obfuscation":"TEXT"""",
            ""","citations":["TEXT"]""",
            ""","usage":{"prompt_tokens":1}""",
            ""","usage":null""",
            ""","x_groq":{"usage":{"prompt_tokens":2}}""",
            ""","error":{"message":"TEXT"}""",
            ""","x":01e""",
            ""","x":"\u0001"""",
        )
        val CHUNKS = listOf(
            """{"choices":[]}""",
            """{"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"a"}]}}]}""",
            """{"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{"content":"a"}}]}""",
            """{"choices":[{"index":0,"delta":{"content":7}}]}""",
            """{"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}""",
            """{"id":"other","choices":[],"usage":{"prompt_tokens":3}}""",
            """{"choices":""",
            """{"error":"gone"}""",
            "[DONE]",
            "",
        )
        val KINDS = listOf("text_delta" to "text", "thinking_delta" to "thinking", "signature_delta" to "signature", "x" to "text")
        val MESSAGES = listOf(
            """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
            """{"type":"content_block_start","index":1,"content_block":{"type":"thinking","thinking":""}}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"1","name":"f","input":{}}}""",
            """{"type":"content_block_stop","index":0}""",
            """{"type":"message_start","message":{"id":"m","usage":{"input_tokens":3}}}""",
            """{"type":"ping"}""",
            """{"type":"error","error":{"type":"overloaded_error","message":"x"}}""",
            """{"type":"message_stop"}""",
            """{"type":""",
            """{}""",
        )
    }
}
