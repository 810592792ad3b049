package dev.tandem.restate.server

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.longs.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlin.concurrent.thread

class EndSpec :
    StringSpec({
        "a failed step has failed for good, over a crash too, and what is thrown for it fails the workflow" {
            House().use { house ->
                withClue(house::said) {
                    house.restate.start("Order", "1", "\"\"")
                    house.referee.next().name shouldBe "tell"
                    house.killProgram()
                    house.startProgram()
                    house.referee.next().go()
                    val result = house.restate.result("Order", "1")
                    result.status shouldBe 500
                    result.body shouldContain "IllegalStateException: IllegalStateException of pay, no card: 4000"
                    Effects.of(house.effects) shouldBe listOf("pay")
                }
            }
        }

        "cancelling an invocation cancels the action under way, and what was done can be undone" {
            House().use { house ->
                withClue(house::said) {
                    val invocation = house.restate.start("Trip", "1", "\"\"")
                    val call = house.referee.next()
                    call.name shouldBe "fly"
                    house.restate.cancel(invocation)
                    call.awaitEnd()
                    house.restate.result("Trip", "1").status shouldBe 409
                    Effects.of(house.effects) shouldBe listOf("undo")
                }
            }
        }

        "what a replay could not repeat is shown to whoever looks after the server" {
            House().use { house ->
                withClue(house::said) {
                    val invocation = house.restate.start("Stray", "1", "\"\"")
                    val call = house.referee.next()
                    call.awaitEnd()
                    // The next attempt: the one before has been reported.
                    house.referee.next().name shouldBe "long"
                    house.restate.lastFailure(invocation) shouldContain "instead of delay() use pause()"
                }
            }
        }

        "an attempt that Restate cuts for its silence cancels its actions, which begin again" {
            House().use { house ->
                withClue(house::said) {
                    house.restate.start("Slow", "1", "\"\"")
                    house.referee.next().awaitEnd()
                    // As often as it takes.
                    thread(isDaemon = true) {
                        while (true) {
                            runCatching { house.referee.next() }.getOrNull()?.run { runCatching(::go) }
                                ?: break
                        }
                    }
                    house.restate.result("Slow", "1").ok() shouldBe "\"done\""
                }
            }
        }

        "a pause may last for ages" {
            House().use { house ->
                withClue(house::said) {
                    val invocation = house.restate.start("Pause", "long", "31556952000000")
                    house.referee.next().name shouldBe "heard witness"
                    house.restate.wakeUp(invocation).toLong() shouldBeGreaterThan 31_556_952_000_000
                    house.restate.cancel(invocation)
                    house.restate.result("Pause", "long").status shouldBe 409
                }
            }
        }

        "a thousand steps side by side" {
            House().use { house ->
                withClue(house::said) {
                    house.restate.start("Wide", "1", "1000")
                    house.restate.result("Wide", "1").ok() shouldBe "1000"
                }
            }
        }
    })
