package dev.tandem.testing

import dev.tandem.error.AiException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.ModelInfo
import dev.tandem.model.ToolCall
import dev.tandem.model.Usage

/** Tells what a client handed out in the words of tables, as far as [expected] asks. */
internal class WireWords(expected: List<String>) {
    private val endKeys = keysOf(expected.firstOrNull { it.startsWith("= end ") })
    private val failureKeys = expected.firstOrNull { it.startsWith("! ") }?.let(::keysOf)
    private val text = StringBuilder()

    fun of(item: Any): List<String> = when (item) {
        is ChatEvent -> event(item)
        is ChatResponse -> whole(item)
        is EmbeddingResponse -> vectors(item)
        is ModelInfo -> listOf(line("model", item.id, "owner=${plain(item.owner)}"))
        else -> listOf(line(item.toString()))
    }

    fun of(failure: Throwable): String {
        if (failure !is AiException) return "! $failure"
        val keys = failureKeys ?: FAILURE_KEYS.map { it to null }
        return "! " +
            (listOf(failure::class.simpleName) + keys.map { (key, wanted) -> "$key=${known(failure, key, wanted)}" }).joinToString(" ")
    }

    private fun event(event: ChatEvent): List<String> = when (event) {
        is ChatEvent.Text -> said("text", event.text).also { text.append(event.text) }
        is ChatEvent.Reasoning -> said("reasoning", event.reasoning)
        is ChatEvent.Refusal -> said("refusal", event.refusal)
        is ChatEvent.ToolCallDelta -> tool(event)
        is ChatEvent.UsageUpdate -> usage(event.usage)
        is ChatEvent.Raw -> listOf(line("raw", event.name, WireNotation.show(event.data)))
        is ChatEvent.ToolStarted, is ChatEvent.ToolFinished -> listOf(line("!", "$event"))
        is ChatEvent.Completed -> sum(event.response) + end(event.response)
    }

    private fun tool(piece: ChatEvent.ToolCallDelta) =
        listOf(line("tool ${piece.index} id=${piece.id} name=${piece.name}", WireNotation.show(piece.arguments)))

    /** The end must carry what the pieces were. */
    private fun sum(response: ChatResponse) = if (response.text.contentEquals(text)) emptyList() else said("whole", response.text)

    private fun whole(response: ChatResponse) = said("reasoning", response.message.reasoning) +
        said("text", response.text) +
        (if (response.usage == Usage.NONE) emptyList() else usage(response.usage)) +
        end(response)

    private fun end(response: ChatResponse): List<String> {
        val keys = endKeys.filter { (key, _) -> key != "raw" }.map { (key, _) -> "$key=${known(response, key)}" }
        return listOf(line("end", *finish(response.finishReason), *keys.toTypedArray())) + response.toolCalls.map(::call)
    }

    private fun finish(reason: FinishReason): Array<String> {
        val raw = reason.raw.takeUnless { it.isEmpty() || it == reason.kind.name.lowercase() }
        return listOfNotNull(reason.kind.name, raw?.let { "raw=${plain(it)}" }).toTypedArray()
    }

    private fun call(call: ToolCall) = line("call", call.id, call.name, WireNotation.show(call.arguments))

    private fun vectors(response: EmbeddingResponse) =
        response.embeddings.map { line("vector", it.vector.joinToString(" ")) } + usage(response.usage)

    private fun usage(usage: Usage): List<String> {
        val counts = listOf(
            "in" to usage.inputTokens,
            "out" to usage.outputTokens,
            "cached" to usage.cachedInputTokens,
            "reasoning" to usage.reasoningTokens,
            "cacheWrite" to usage.cacheWriteInputTokens,
        ).filter { (_, count) -> count != 0L }
        return listOf(line("usage", counts.joinToString(" ") { (name, count) -> "$name=$count" }.ifEmpty { "none" }))
    }

    private fun said(what: String, text: String) = if (text.isEmpty()) emptyList() else listOf(line(what, WireNotation.show(text)))

    private fun line(vararg words: String) = "= " + words.filter(String::isNotEmpty).joinToString(" ")

    private fun known(response: ChatResponse, key: String): String = when (key) {
        "id" -> plain(response.id)
        "model" -> plain(response.model)
        else -> plain(response.metadata[key] ?: NOTHING)
    }

    private fun known(failure: AiException, key: String, wanted: String?): String = when (key) {
        "status" -> {
            failure.status?.toString() ?: NOTHING
        }

        "code" -> {
            plain(failure.code ?: NOTHING)
        }

        "requestId" -> {
            failure.requestId ?: NOTHING
        }

        "retryAfter" -> {
            failure.retryAfter?.toString() ?: NOTHING
        }

        "retryable" -> {
            failure.isRetryable.toString()
        }

        "partial" -> {
            failure.partial?.text?.let(::quoted) ?: NOTHING
        }

        "says" -> {
            holding(wanted, failure.message)
        }

        "excerpt" -> {
            holding(wanted, failure.excerpt)
        }

        "excerptLength" -> {
            failure.excerpt
                .orEmpty()
                .length
                .toString()
        }

        else -> {
            "(rows may ask for $FAILURE_KEYS)"
        }
    }

    /** These are long, so rows name a part of them. */
    private fun holding(wanted: String?, actual: String?): String =
        if (wanted != null && actual.orEmpty().replace('"', '\'').contains(unquoted(wanted))) wanted else actual?.let(::quoted) ?: NOTHING

    private companion object {
        const val NOTHING = "none"
        val FAILURE_KEYS = listOf("status", "code", "retryAfter", "retryable", "partial", "says")
        val KEY = Regex("([\\w-]+)=(\"[^\"]*\"|\\S+)")

        fun keysOf(line: String?): List<Pair<String, String>> =
            line?.let { found -> KEY.findAll(found).map { it.groupValues[1] to it.groupValues[2] }.toList() }.orEmpty()

        /** With single quotes inside, so that double ones need no escape. */
        fun quoted(text: String): String = "\"${WireNotation.show(text.replace('"', '\''))}\""

        /** In quotes only where it must be. */
        fun plain(text: String): String = if (text.isEmpty() || text.startsWith('"') || text.any(Char::isWhitespace)) quoted(text) else text

        fun unquoted(value: String): String = WireNotation.characters(value.removeSurrounding("\""))
    }
}
