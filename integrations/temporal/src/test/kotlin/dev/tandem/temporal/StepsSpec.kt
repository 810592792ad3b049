package dev.tandem.temporal

import dev.tandem.workflow.durable.DurableSteps
import dev.tandem.workflow.durable.StepFailedException
import dev.tandem.workflow.durable.UnreadableStepException
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.temporal.api.enums.v1.EventType
import io.temporal.client.WorkflowFailedException
import io.temporal.failure.ApplicationFailure
import io.temporal.testing.TestWorkflowEnvironment
import io.temporal.testing.WorkflowReplayer
import io.temporal.worker.WorkerFactory
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.launch
import kotlinx.serialization.Serializable
import kotlinx.serialization.Transient
import kotlinx.serialization.builtins.nullable
import kotlinx.serialization.builtins.serializer
import java.time.Duration
import java.util.concurrent.atomic.AtomicInteger
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.minutes
import kotlin.time.TimeSource

class StepsSpec :
    StringSpec({
        val text = String.serializer()
        val station = Station()
        afterSpec { station.close() }

        fun flow(body: suspend (DurableSteps) -> String) = temporalWorkflow("flow", text.nullable, text) { steps, _ -> body(steps) }

        /** What [body] gives, when all that is not in the history is forgotten at each turn. */
        fun run(id: String, body: suspend (DurableSteps) -> String): String {
            val process = station.process(flow(body))
            return try {
                station.start("flow", id).ends<String>()
            } finally {
                process.stop()
            }
        }

        "a value comes from the history, also the first time" {
            run("value") { steps ->
                val heard = steps.step("sum", Sum.serializer()) { Sum(1, b = 2) }
                heard.b shouldBe 0
                "${heard.a}"
            } shouldBe "1"
            val payload = station
                .history("value")
                .single { it.eventType == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED }
                .activityTaskCompletedEventAttributes.result
                .getPayloads(0)
            payload.data.toStringUtf8() shouldBe """{"a":1}"""
            payload.getMetadataOrThrow("encoding").toStringUtf8() shouldBe "json/plain"
        }

        "null, nothing and no number are values" {
            run("values") { steps ->
                steps.step("null", text.nullable) { null } shouldBe null
                steps.step("unit", Unit.serializer()) { } shouldBe Unit
                steps.step("nan", Double.serializer()) { Double.NaN }.isNaN() shouldBe true
                "done"
            } shouldBe "done"
        }

        "a step is an activity of its name, done once however often the workflow is replayed" {
            val done = AtomicInteger()
            run("once") { steps ->
                List(5) { n -> steps.step("step-$n", text) { "${done.incrementAndGet()}" } }.joinToString()
            } shouldBe "1, 2, 3, 4, 5"
            done.get() shouldBe 5
            station.kept("once") shouldContainExactly List(5) { "step-$it" }
        }

        "actions run side by side, with the context of who waits" {
            val both = List(2) { CompletableDeferred<Unit>() }
            run("both") { steps ->
                coroutineScope {
                    repeat(2) { n ->
                        launch(CoroutineName("mine")) {
                            steps.step("step-$n", text) {
                                both[n].complete(Unit)
                                both[1 - n].await()
                                currentCoroutineContext()[CoroutineName]!!.name
                            } shouldBe "mine"
                        }
                    }
                }
                "met"
            } shouldBe "met"
        }

        "a failure has a type and a message, the same ones in each replay, and is not tried again" {
            val runs = AtomicInteger()
            run("failure") { steps ->
                val error = shouldThrow<StepFailedException> {
                    steps.step("pay", text) {
                        runs.incrementAndGet()
                        throw IllegalArgumentException("no card: 4000")
                    }
                }
                val silent = shouldThrow<StepFailedException> { steps.step("silent", text) { throw IllegalStateException() } }
                steps.pause("pause", 1_000)
                "${error.message}, ${silent.message}"
            } shouldBe "step 'pay' failed: IllegalArgumentException: no card: 4000, step 'silent' failed: IllegalStateException"
            runs.get() shouldBe 1
        }

        "a failure that nobody catches fails the run, however it is wrapped" {
            val error = shouldThrow<WorkflowFailedException> {
                run("fails") { steps ->
                    try {
                        steps.step("pay", text) { throw IllegalStateException("no") }
                    } catch (e: StepFailedException) {
                        throw IllegalArgumentException("order 7", e)
                    }
                }
            }
            val cause = error.cause as ApplicationFailure
            listOf(cause.type, cause.originalMessage) shouldBe listOf("IllegalArgumentException", "order 7")
        }

        "an error of the machine says nothing of the step" {
            val runs = AtomicInteger()
            run("machine") { steps ->
                steps.step("step", text) { if (runs.incrementAndGet() < 3) throw OutOfMemoryError("full") else "done" }
            } shouldBe "done"
            runs.get() shouldBe 3
        }

        "a value that is too large fails its step" {
            run("large") { steps ->
                shouldThrow<StepFailedException> { steps.step("step", text) { "x".repeat(10_000_000) } }.type
            } shouldBe "GrpcMessageTooLargeException"
        }

        "a pause of days ends when it is to end" {
            val begun = TimeSource.Monotonic.markNow()
            run("pause") { steps ->
                steps.pause("pause", 30.days.inWholeMilliseconds)
                steps.pause("none", 0)
                "over"
            } shouldBe "over"
            begun.elapsedNow() shouldBeLessThan 1.minutes
            val times = station.history("pause").map { it.eventTime.seconds }
            times.last() - times.first() shouldBe 30.days.inWholeSeconds
        }

        "an answer may come before it is waited for, and only the first one counts" {
            val process = station.process(
                flow { steps ->
                    steps.pause("pause", 60_000)
                    steps.await("approval", Sum.serializer()).a.toString() + steps.await("other", text)
                },
            )
            val run = station.start("flow", "answers")
            run.signal("answer", "nonsense")
            run.answer("approval", Sum.serializer(), Sum(1))
            run.answer("approval", Sum.serializer(), Sum(2))
            run.signal("answer", mapOf("name" to "other", "value" to "!"))
            run.ends<String>() shouldBe "1!"
            process.stop()
        }

        "what this version cannot read fails the attempt, with an error that says so" {
            run("unreadable") { it.step("step", text) { "four" } } shouldBe "four"
            val now = flow { steps -> runCatching { steps.step("step", Int.serializer()) { 4 } }.getOrDefault(0).toString() }
            val error = shouldThrow<Throwable> { replay(station, "unreadable", now) }
            val messages = generateSequence(error) { it.cause }.map { "$it" }.toList()
            messages.joinToString() shouldContain
                "what the journal keeps of step 'step' cannot be read as kotlin.Int: deploy a version that can"
            messages.joinToString() shouldContain UnreadableStepException::class.java.name
        }

        "a step of another name is no replay of the same workflow" {
            run("renamed") { it.step("step", text) { "four" } } shouldBe "four"
            val error = shouldThrow<Throwable> { replay(station, "renamed", flow { it.step("other", text) { "four" } }) }
            generateSequence(error) { it.cause }.joinToString() shouldContain "NonDeterministicException"
            replay(station, "renamed", flow { it.step("step", text) { error("again") } })
        }

        "an input that cannot be read fails the run, and says why" {
            val process = station.process(temporalWorkflow("sum", Sum.serializer(), text) { _, it -> "${it.a}" })
            val error = shouldThrow<WorkflowFailedException> { station.start("sum", "input", "four").ends<String>() }
            (error.cause as ApplicationFailure).originalMessage shouldContain "the input of 'sum' cannot be read as"
            process.stop()
        }

        "a silence shorter than a second, and two workflows of one type, are refused" {
            shouldThrow<IllegalArgumentException> { StepWorker.on(WorkerFactory.newInstance(station.client), Duration.ofMillis(10)) }
                .message shouldBe "a silence must last for a second at least: PT0.01S"
            shouldThrow<IllegalArgumentException> { station.process(flow { "" }, flow { "" }) }.message shouldContain "[flow, flow]"
        }
    })

private fun replay(station: Station, id: String, workflow: TemporalWorkflow) {
    val history = station.client.fetchHistory(id)
    val environment = TestWorkflowEnvironment.newInstance()
    try {
        val worker = environment.newWorker(Station.QUEUE)
        StepWorker.on(environment.workerFactory).bind(worker, workflow)
        WorkflowReplayer.replayWorkflowExecution(history, worker)
    } finally {
        environment.close()
    }
}

@Serializable
private class Sum(
    val a: Int,
    @Transient val b: Int = 0,
)
