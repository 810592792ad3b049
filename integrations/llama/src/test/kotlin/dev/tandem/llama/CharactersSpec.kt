package dev.tandem.llama

import dev.tandem.model.ChatEvent
import dev.tandem.model.chatRequest
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.toList

class CharactersSpec :
    FunSpec({
        val text = "äöü€😀日"

        test("a character of several tokens arrives whole") {
            pebble { ai ->
                val events = ai
                    .stream(
                        chatRequest {
                            user("Say $text.")
                            responseFormat = sayingOnly(text)
                        },
                    ).toList()
                val pieces = events.filterIsInstance<ChatEvent.Text>().map { it.text }
                pieces shouldBe listOf("\"", "ä", "ö", "ü", "€", "😀", "日", "\"")
                // Bytes, since the model's tokens are bytes.
                (events.last() as ChatEvent.Completed).response.usage.outputTokens shouldBe text.toByteArray().size + 2
            }
        }

        test("a limit within a character cuts before it") {
            pebble { ai ->
                for (limit in 1..4) {
                    val response = ai.chat(
                        chatRequest {
                            user("Say it.")
                            responseFormat = sayingOnly("€")
                            maxTokens = limit
                        },
                    )
                    response.text shouldBe if (limit < 4) "\"" else "\"€"
                    response.finishReason.isTruncated shouldBe true
                }
            }
        }

        test("any prompt can be read") {
            pebble { ai ->
                val pieces = ai.events("Say $text \u0000 \uD83D and \\ \" / </s>.").filterIsInstance<ChatEvent.Text>().map { it.text }
                pieces.joinToString("").isNotEmpty() shouldBe true
            }
        }
    })
