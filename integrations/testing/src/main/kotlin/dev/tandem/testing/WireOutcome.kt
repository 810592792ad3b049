package dev.tandem.testing

import dev.tandem.AiClient
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.Options
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** What a client made of a row: what it handed out, in that order, and how it failed if it did. */
public class WireOutcome(private val items: List<Any>, private val failure: Throwable?) {
    /**
     * In the words of tables. Of an end and of a failure there is more to tell than rows care for: it is told as far as
     * [expected] does, so that both can be compared line by line.
     */
    public fun lines(expected: List<String>): List<String> {
        val words = WireWords(expected)
        return items.flatMap(words::of) + listOfNotNull(failure?.let(words::of))
    }

    /** With neighbouring pieces of text as one. */
    public fun joined(): WireOutcome {
        val joined = mutableListOf<Any>()
        for (item in items) {
            val last = joined.lastOrNull() as? ChatEvent.Text
            if (last != null && item is ChatEvent.Text) joined[joined.lastIndex] = ChatEvent.Text(last.text + item.text) else joined += item
        }
        return WireOutcome(joined, failure)
    }

    /** Where outcomes come from. */
    public companion object {
        /** Asks [client] for [model] what [row] asks. */
        @JvmSynthetic
        public suspend fun of(client: AiClient, row: WireRow, model: String): WireOutcome {
            val options = Options.builder().model(model).build()
            return when (row.call) {
                WireCall.STREAM -> of(client.stream(ChatRequest.of(PROMPT, options)))
                WireCall.TEXT -> of(client.stream(ChatRequest.of(PROMPT, options))).joined()
                WireCall.CHAT -> of(flow { emit(client.chat(ChatRequest.of(PROMPT, options))) })
                WireCall.EMBED -> of(flow { emit(client.embed(texts().options(options).build())) })
                WireCall.MODELS -> of(flow { client.models().forEach { emit(it) } })
            }
        }

        /** Collects [items]: events of a stream, or whole answers. */
        @JvmSynthetic
        public suspend fun of(items: Flow<Any>): WireOutcome {
            val seen = mutableListOf<Any>()
            return try {
                items.collect { seen += it }
                WireOutcome(seen, null)
            } catch (e: CancellationException) {
                throw e
            } catch (e: Exception) {
                WireOutcome(seen, e)
            }
        }

        private fun texts() = EmbeddingRequest.builder().inputs(listOf("one", "two"))

        private const val PROMPT = "Hi"
    }
}
