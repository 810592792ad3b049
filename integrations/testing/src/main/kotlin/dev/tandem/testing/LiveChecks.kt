package dev.tandem.testing

import dev.tandem.AiClient
import dev.tandem.error.AiException
import dev.tandem.error.ModelNotFoundException
import dev.tandem.error.NotFoundException
import dev.tandem.error.UnauthorizedException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.FinishReason
import dev.tandem.model.Options
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlin.time.Duration.Companion.minutes

/** What every server with a model should do, whatever the model says. */
internal class LiveChecks(private val client: AiClient, private val model: String, private val clientWithKey: (String) -> AiClient) {
    private val results = mutableListOf<ConformanceReport.Result>()

    suspend fun results(): List<ConformanceReport.Result> {
        check("a plain chat is answered") { said(client.chat(request(SAY)).text) }
        check("a stream comes in pieces") { (pieces(SAY).count { it is ChatEvent.Text } > 1).orElse("all text in one piece") }
        check("a stream ends with its marker") { ends(pieces(SAY)) }
        check("usage is told of a chat") { counted(client.chat(request(SAY)).usage.outputTokens) }
        check("usage is told of a stream") { counted(completed(pieces(SAY)).response.usage.outputTokens) }
        check("text beyond ASCII goes in and comes out whole") { whole(client.chat(request(UNICODE)).text) }
        check("a limit on tokens is kept and told") { limited() }
        check("a wrong key is refused") { clientWithKey("sk-wrong-key-0000").use { refused(it) } }
        check("an unknown model is refused") { unknown() }
        check("a stream given up is given up, and the next call is answered") { givenUp() }
        check("$MANY streams at once all end well") { many() }
        return results
    }

    private suspend fun check(title: String, complaint: suspend () -> String?) {
        val found =
            try {
                complaint()
            } catch (e: CancellationException) {
                throw e
            } catch (e: AiException) {
                "${e::class.simpleName}: ${e.message}"
            }
        results += ConformanceReport.Result("V%02d".format(results.size + 1), title, emptyList(), listOfNotNull(found))
    }

    private fun request(prompt: String, options: Options = options().build()) = ChatRequest.of(prompt, options)

    private fun options() = Options.builder().model(model).timeoutMillis(PATIENCE.inWholeMilliseconds)

    private fun stream(prompt: String): Flow<ChatEvent> = client.stream(request(prompt))

    private suspend fun pieces(prompt: String): List<ChatEvent> = stream(prompt).toList()

    private fun completed(events: List<ChatEvent>) = events.last() as ChatEvent.Completed

    private fun said(text: String) = text.isNotBlank().orElse("an empty answer")

    private fun counted(tokens: Long) = (tokens > 0).orElse("no count of tokens")

    private fun whole(text: String) = ('\uFFFD' !in text && text.isNotBlank()).orElse("broken characters: $text")

    private fun ends(events: List<ChatEvent>) =
        (completed(events).response.finishReason.kind != FinishReason.Kind.UNKNOWN).orElse("the end gives no reason")

    private suspend fun limited(): String? {
        val reason = client.chat(request(SAY, options().maxTokens(1).build())).finishReason
        return reason.isTruncated.orElse("one token was allowed, and the end says $reason")
    }

    private suspend fun refused(stranger: AiClient): String? = refusal { stranger.chat(request(SAY)) }.let { error ->
        (error is UnauthorizedException).orElse("no UnauthorizedException, but ${error ?: "an answer"}")
    }

    private suspend fun unknown(): String? {
        val error = refusal { client.chat(request(SAY, options().model("no-such-model-0000").build())) }
        return (error is ModelNotFoundException || error is NotFoundException).orElse(
            "no ModelNotFoundException, but ${error ?: "an answer"}",
        )
    }

    private suspend fun refusal(call: suspend () -> Any): AiException? = try {
        call()
        null
    } catch (e: AiException) {
        e
    }

    private suspend fun givenUp(): String? {
        stream(SAY).first()
        return said(client.chat(request(SAY)).text)
    }

    private suspend fun many(): String? = coroutineScope {
        val ends = List(MANY) { async { ends(pieces(SAY)) } }.awaitAll().filterNotNull()
        ends.firstOrNull()
    }

    private fun Boolean.orElse(complaint: String) = if (this) null else complaint

    private companion object {
        const val SAY = "Count from one to ten, in words."
        const val UNICODE = "Say good morning in Greek, Japanese and Arabic: Καλημέρα, おはよう, صباح الخير."
        const val MANY = 20
        val PATIENCE = 2.minutes
    }
}
