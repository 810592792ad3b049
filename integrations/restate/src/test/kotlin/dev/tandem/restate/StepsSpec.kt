package dev.tandem.restate

import dev.tandem.workflow.durable.DurableSteps
import dev.tandem.workflow.durable.StepFailedException
import dev.tandem.workflow.durable.UnreadableStepException
import dev.tandem.workflow.replay.Driver
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.Serializable
import kotlinx.serialization.Transient
import kotlinx.serialization.builtins.nullable
import kotlinx.serialization.builtins.serializer
import kotlin.coroutines.Continuation
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.resume
import kotlin.coroutines.suspendCoroutine
import kotlin.time.Duration.Companion.hours

class StepsSpec :
    StringSpec({
        val text = String.serializer()

        suspend fun <T> FakeRestate.attempt(body: suspend (DurableSteps) -> T): T = Driver(Attempt()).run(body)

        "a value comes from the journal, also the first time" {
            runTest {
                val restate = FakeRestate()
                val given = Sum(1, b = 2)
                val heard = restate.attempt { it.step("sum", Sum.serializer()) { given } }
                heard.b shouldBe 0
                restate.kept("sum")?.value shouldBe """{"a":1}"""
                restate.attempt { it.step("sum", Sum.serializer()) { error("again") } }.a shouldBe 1
            }
        }

        "null, nothing and no number are values" {
            runTest {
                FakeRestate().attempt { steps ->
                    steps.step("null", text.nullable) { null } shouldBe null
                    steps.step("unit", Unit.serializer()) { } shouldBe Unit
                    steps.step("nan", Double.serializer()) { Double.NaN }.isNaN() shouldBe true
                }
            }
        }

        "actions run side by side, in the order in which they were asked for" {
            runTest {
                val restate = FakeRestate()
                val both = List(2) { CompletableDeferred<Unit>() }
                restate.attempt { steps ->
                    coroutineScope {
                        repeat(2) { n ->
                            launch {
                                steps.step("step-$n", text) {
                                    both[n].complete(Unit)
                                    both[1 - n].await()
                                    ""
                                }
                            }
                        }
                    }
                }
                restate.begun shouldContainExactly listOf("step-0", "step-1")
            }
        }

        "an action has the context of who waits for it, and the dispatcher of the handler" {
            runTest {
                val handler = currentCoroutineContext()[ContinuationInterceptor]
                FakeRestate().attempt { steps ->
                    withContext(CoroutineName("mine")) {
                        steps.step("context", text) {
                            currentCoroutineContext()[ContinuationInterceptor] shouldBe handler
                            currentCoroutineContext()[CoroutineName]!!.name
                        } shouldBe "mine"
                    }
                }
            }
        }

        "a failure has a type and a message, and the same ones in a replay" {
            runTest {
                val restate = FakeRestate()
                var runs = 0
                repeat(2) {
                    restate.attempt { steps ->
                        val error = shouldThrow<StepFailedException> {
                            steps.step("pay", text) {
                                runs++
                                throw IllegalArgumentException("no card: 4000")
                            }
                        }
                        listOf(error.step, error.type, error.reason) shouldBe listOf("pay", "IllegalArgumentException", "no card: 4000")
                        error.message shouldBe "step 'pay' failed: IllegalArgumentException: no card: 4000"
                    }
                }
                runs shouldBe 1
            }
        }

        "a failure without a message, and one by a timeout, are failures too" {
            runTest {
                FakeRestate().attempt { steps ->
                    shouldThrow<StepFailedException> { steps.step("silent", text) { throw IllegalStateException() } }.reason shouldBe null
                    shouldThrow<StepFailedException> { steps.step("slow", text) { withTimeout(10) { awaitCancellation() } } }
                        .type shouldBe "TimeoutCancellationException"
                }
            }
        }

        "an error of the machine is nothing that the journal keeps" {
            runTest {
                val restate = FakeRestate()
                val attempt = async { restate.attempt { it.step("step", text) { throw OutOfMemoryError("full") } } }
                testScheduler.advanceUntilIdle()
                restate.retried.single().message shouldBe "full"
                restate.kept("step") shouldBe null
                attempt.cancelAndJoin()
            }
        }

        "a value that cannot be read any more ends the attempt, and not the workflow" {
            runTest {
                val restate = FakeRestate()
                restate.attempt { it.step("step", text) { "four" } }
                val error = shouldThrow<UnreadableStepException> {
                    restate.attempt { steps -> runCatching { steps.step("step", Int.serializer()) { 4 } }.getOrDefault(0) }
                }
                error.message shouldBe "what the journal keeps of step 'step' cannot be read as kotlin.Int: deploy a version that can"
                restate.attempt { it.step("step", text) { "five" } } shouldBe "four"
            }
        }

        "pauses and answers are waited for, over attempts" {
            runTest {
                val restate = FakeRestate()
                val body: suspend (DurableSteps) -> String = { steps ->
                    steps.pause("pause", 1_000)
                    steps.await("approval", text)
                }
                val first = async { restate.attempt(body) }
                delay(2_000)
                restate.commands shouldContainExactly listOf("timer pause", "answer approval")
                first.cancelAndJoin()
                restate.answer("approval", "\"yes\"")
                restate.attempt(body) shouldBe "yes"
            }
        }

        "a name that is there already, or none, is refused" {
            runTest {
                FakeRestate().attempt { steps ->
                    steps.pause("pause", 0)
                    shouldThrow<IllegalArgumentException> { steps.await("pause", text) }.message shouldBe
                        "there is a step 'pause' already: each one needs a name of its own, such as 'pause-2'"
                    shouldThrow<IllegalArgumentException> { steps.step(" ", text) { "" } }
                    shouldThrow<IllegalArgumentException> { steps.pause("back", -1) }.message shouldContain "milliseconds: -1"
                }
            }
        }

        "a workflow that something else resumes than a step ends the attempt, which says what to do" {
            runTest {
                val restate = FakeRestate()
                lateinit var stray: Continuation<Unit>
                val attempt = async {
                    shouldThrow<IllegalStateException> {
                        restate.attempt { steps ->
                            coroutineScope {
                                launch { steps.step("long", text) { awaitCancellation() } }
                                suspendCoroutine { stray = it }
                            }
                        }
                    }
                }
                testScheduler.advanceUntilIdle()
                stray.resume(Unit)
                attempt.await().message shouldContain "instead of delay() use pause()"
                restate.retried.single().message shouldContain "instead of delay() use pause()"
            }
        }

        "a workflow that waits for what will not come ends the attempt" {
            runTest {
                val waits = listOf<suspend () -> Unit>({ delay(1.hours) }, { CompletableDeferred<Unit>().await() })
                for (wait in waits) {
                    shouldThrow<IllegalStateException> { FakeRestate().attempt { wait() } }
                        .message shouldContain "waits for something that is no step"
                }
            }
        }

        "a step is asked for in the workflow's own turn" {
            runTest {
                shouldThrow<IllegalStateException> {
                    FakeRestate().attempt { withContext(Dispatchers.Default) { it.pause("pause", 1) } }
                }
            }
        }
    })

@Serializable
private class Sum(
    val a: Int,
    @Transient val b: Int = 0,
)
