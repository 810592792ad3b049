package dev.tandem.telemetry

import dev.tandem.pipeline.CallEvent
import dev.tandem.tool.Script
import dev.tandem.tool.clientOf
import dev.tandem.tool.says
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext

class CallsWithinSpec :
    StringSpec({
        "hears the calls of its coroutine and of those that it starts, and no others" {
            runTest {
                val ai = clientOf(Script({ says("1") }, { says("2") }, { says("3") }))
                val heard = mutableListOf<CallEvent>()
                ai.generate("before")
                withContext(CallsWithin { _, event -> heard += event }) {
                    ai.generate("within")
                    coroutineScope { launch { ai.generate("below") } }
                }
                heard.count { it is CallEvent.Completed } shouldBe 2
            }
        }

        "hears each request that goes out, also of a client without listeners of its own" {
            runTest {
                val heard = mutableListOf<String>()
                val ai = clientOf(Script({ says("1") }))
                withContext(CallsWithin { _, event -> heard += event.toString().substringBefore('(') }) { ai.generate("x") }
                heard.filter { it == "Sent" || it == "Returned" }.shouldContainExactly("Sent", "Returned")
            }
        }

        "the client's own listeners hear all the same, and whoever throws harms nobody" {
            runTest {
                val own = mutableListOf<String>()
                val ai = clientOf(Script({ says("1") })) { listener { _, event -> own += event::class.simpleName.orEmpty() } }
                withContext(CallsWithin { _, _ -> error("no") }) { ai.generate("x") shouldBe "1" }
                own.filter { it == "Started" || it == "Completed" }.shouldContainExactly("Started", "Completed")
            }
        }
    })
