package dev.tandem.restate

import dev.restate.sdk.common.TerminalException
import dev.tandem.workflow.durable.DurableSteps
import dev.tandem.workflow.durable.StepFailedException
import dev.tandem.workflow.replay.Driver
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import kotlinx.serialization.builtins.serializer

class CancelSpec :
    StringSpec({
        val text = String.serializer()

        suspend fun <T> FakeRestate.attempt(body: suspend (DurableSteps) -> T): T = Driver(Attempt()).run(body)

        "an action that nobody waits for any more is cancelled, and does not begin again in a replay" {
            runTest {
                val restate = FakeRestate()
                val log = ArrayList<String>()
                val body: suspend (DurableSteps) -> String = { steps ->
                    runCatching {
                        coroutineScope {
                            launch {
                                steps.step("long", text) {
                                    try {
                                        awaitCancellation()
                                    } finally {
                                        log += "cancelled"
                                    }
                                }
                            }
                            steps.step("short", text) { throw IllegalStateException("no") }
                        }
                    }
                    steps.step("after", text) { "over" }
                }
                restate.attempt(body) shouldBe "over"
                log shouldContainExactly listOf("cancelled")
                restate.kept("long")?.failure?.code shouldBe TerminalException.CANCELLED_CODE
                restate.begun.clear()
                restate.attempt(body) shouldBe "over"
                restate.begun shouldBe emptyList()
            }
        }

        "an attempt that is given up cancels its actions, and says nothing of them" {
            runTest {
                val restate = FakeRestate()
                var ends = 0
                val body: suspend (DurableSteps) -> String = { steps ->
                    steps.step("long", text) {
                        if (restate.begun.size > 1) return@step "done"
                        try {
                            awaitCancellation()
                        } finally {
                            ends++
                        }
                    }
                }
                val attempt = async { restate.attempt(body) }
                delay(10)
                attempt.cancelAndJoin()
                ends shouldBe 1
                restate.kept("long") shouldBe null
                restate.attempt(body) shouldBe "done"
            }
        }

        "cancelling the invocation cancels the actions and the workflow, which may still undo what it did" {
            runTest {
                val restate = FakeRestate()
                val log = ArrayList<String>()
                val body: suspend (DurableSteps) -> Unit = { steps ->
                    steps.step("book", text) { "".also { log += "booked" } }
                    try {
                        steps.step("pay", text) {
                            try {
                                awaitCancellation()
                            } finally {
                                log += "not paid"
                            }
                        }
                    } finally {
                        withContext(NonCancellable) { steps.step("undo", text) { "".also { log += "undone" } } }
                    }
                }
                val attempt = async { runCatching { restate.attempt(body) } }
                delay(100)
                restate.cancel()
                (attempt.await().exceptionOrNull() as TerminalException).code shouldBe TerminalException.CANCELLED_CODE
                log shouldContainExactly listOf("booked", "not paid", "undone")
                shouldThrow<TerminalException> { restate.attempt(body) }
                log.size shouldBe 3
            }
        }

        "a workflow with a bug goes on when the bug is gone, with all that was under way" {
            runTest {
                val restate = FakeRestate()

                fun body(isFixed: Boolean): suspend (DurableSteps) -> String = { steps ->
                    coroutineScope {
                        val long = async { steps.step("long", text) { if (isFixed) "long" else awaitCancellation() } }
                        val short = steps.step("short", text) { "short" }
                        check(isFixed) { "a bug" }
                        "${long.await()} and $short"
                    }
                }
                repeat(2) {
                    shouldThrow<IllegalStateException> { restate.attempt(body(isFixed = false)) }.message shouldBe "a bug"
                }
                restate.retried.map { it.message } shouldBe listOf("a bug")
                restate.attempt(body(isFixed = true)) shouldBe "long and short"
            }
        }

        "what is thrown for a failed step is final, however it is wrapped" {
            runTest {
                val restate = FakeRestate()
                val error = shouldThrow<TerminalException> {
                    restate.attempt { steps ->
                        try {
                            steps.step("pay", text) { throw IllegalStateException("no") }
                        } catch (e: StepFailedException) {
                            throw IllegalArgumentException("order 7", e)
                        }
                    }
                }
                error.message shouldBe "IllegalArgumentException: order 7"
            }
        }

        "what the workflow throws is what the attempt throws, when its actions have ended" {
            runTest {
                val log = ArrayList<String>()
                shouldThrow<UnsupportedOperationException> {
                    FakeRestate().attempt { steps ->
                        coroutineScope {
                            launch {
                                steps.step("long", text) {
                                    try {
                                        awaitCancellation()
                                    } finally {
                                        withContext(NonCancellable) { delay(50) }
                                        log += "ended"
                                    }
                                }
                            }
                            steps.pause("pause", 10)
                            throw UnsupportedOperationException()
                        }
                    }
                }
                log shouldContainExactly listOf("ended")
            }
        }
    })
