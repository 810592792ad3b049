package dev.tandem.cache

import dev.tandem.cache
import dev.tandem.generate
import dev.tandem.model.FinishReason
import dev.tandem.resilience.Answers
import dev.tandem.resilience.clientOf
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.runTest

class KeepingSpec :
    FunSpec({
        test("an answer that was withheld or lost is not kept; one that was cut where it was to be cut is") {
            runTest {
                val lost = listOf(FinishReason.CONTENT_FILTER, FinishReason.of(FinishReason.Kind.ERROR, "error"))
                for (reason in lost + FinishReason.LENGTH + FinishReason.TOOL_CALLS + FinishReason.UNKNOWN) {
                    val provider = Answers { number, _ ->
                        finish = reason
                        emit("answer $number")
                    }
                    val client = clientOf(provider) { cache(MemoryCache(10)) }
                    repeat(2) {
                        client.generate("Hi")
                        client.stream("Hi").toList()
                    }
                    withClue(reason) { provider.count shouldBe if (reason in lost) 4 else 2 }
                }
            }
        }

        test("an answer that says nothing at all is not kept") {
            runTest {
                val provider = Answers { _, _ -> }
                val client = clientOf(provider) { cache(MemoryCache(10)) }
                repeat(2) { client.generate("Hi") shouldBe "" }
                provider.count shouldBe 2
            }
        }
    })
