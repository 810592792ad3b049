package dev.tandem.llama

import dev.tandem.AiClient
import dev.tandem.model.ChatEvent
import dev.tandem.model.options
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.withContext

/** What was given up, or is computed by another model at the same time, leaves no trace in an answer. */
class TurnsSpec :
    FunSpec({
        suspend fun giveUpAndAsk(ai: AiClient, times: Int): Map<String, Int> = List(times) { round ->
            ai.stream("Tell me a joke.").first { it is ChatEvent.Text }
            // With a seed the whole prompt is computed anew.
            ai.generate("Hello!", options { if (round % 2 == 0) seed = 1 })
        }.groupingBy { it }.eachCount()

        test("after 300 given up streams each answer is exact") {
            pebble { ai -> giveUpAndAsk(ai, 300) shouldBe mapOf("Hello! How can I help you?" to 300) }
        }

        test("three models at once, one with two slots, answer as if each were alone") {
            val clients = listOf(
                Llama.bundled(),
                Llama.builder().contextSize(300).build(),
                Llama
                    .builder()
                    .contextSize(310)
                    .parallel(2)
                    .build(),
            ).map { AiClient.builder(it).build() }
            try {
                withContext(Dispatchers.Default) { (clients + clients.last()).map { async { giveUpAndAsk(it, 100) } }.awaitAll() }
                    .toSet() shouldBe setOf(mapOf("Hello! How can I help you?" to 100))
            } finally {
                clients.forEach { it.close() }
            }
        }
    })
