package dev.tandem.temporal

import dev.tandem.AiClient
import dev.tandem.provider.openai.OpenAi
import dev.tandem.workflow.FailurePolicy
import dev.tandem.workflow.TransformNode
import dev.tandem.workflow.WorkflowInput
import dev.tandem.workflow.approval
import dev.tandem.workflow.delay
import dev.tandem.workflow.durable.Decision
import dev.tandem.workflow.durable.StepFailedException
import dev.tandem.workflow.input
import dev.tandem.workflow.map
import dev.tandem.workflow.run.NodeFailedException
import dev.tandem.workflow.run.WorkflowExecutor
import dev.tandem.workflow.transform
import dev.tandem.workflow.workflow
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import io.temporal.client.WorkflowFailedException
import io.temporal.common.converter.RawValue
import io.temporal.failure.ApplicationFailure
import kotlinx.coroutines.CompletableDeferred
import kotlinx.serialization.builtins.serializer
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import kotlin.random.Random
import kotlin.time.Duration.Companion.days

/** Workflows as graphs, with activities for steps. */
class ExecutorSpec :
    StringSpec({
        val ai = AiClient(OpenAi.compatible("http://127.0.0.1:1/v1")) { model = "m-1" }
        val executor = WorkflowExecutor.of(ai)
        val station = Station()
        afterSpec {
            station.close()
            executor.close()
            ai.close()
        }

        /** What comes of a graph whose processes end at random moments, by [end]. */
        fun disturbed(seed: Int, id: String, crashes: Int, end: (WorkerProcess) -> Unit): Map<String, JsonElement> {
            val random = Random(seed)
            val begun = ConcurrentLinkedQueue<String>()
            val count = AtomicInteger()
            val moments = List(crashes) { random.nextInt(1, NODES - 5) }.distinct().associateWith { CountDownLatch(1) }.toSortedMap()
            val graph = graphOf(seed, NODES) {
                begun += it
                moments[count.incrementAndGet()]?.countDown()
            }

            fun process() = station.process(TemporalWorkflow.of(graph, executor))
            var process = process()
            val run = station.start(graph.name, id)
            for ((moment, gate) in moments) {
                withClue("the node $moment begins") { gate.await(60, TimeUnit.SECONDS) shouldBe true }
                end(process)
                val kept = station.kept(id).map(::nodeOf)
                val before = begun.size
                process = process()
                withClue("done again, and was kept") { begun.drop(before).intersect(kept.toSet()).shouldBeEmpty() }
            }
            val result = JsonPayload.textOf(run.ends<RawValue>())
            end(process)
            withClue("kept more than once") {
                station
                    .kept(id)
                    .groupBy { it }
                    .filterValues { it.size > 1 }
                    .keys
                    .shouldBeEmpty()
            }
            return Json.parseToJsonElement(result).jsonObject
        }

        "a graph of forty nodes goes on when processes are stopped, and gives what it gives undisturbed" {
            repeat(3) { seed ->
                withClue("seed $seed") {
                    val undisturbed = executor.execute(graphOf(seed, NODES)).orThrow().allNodeOutputs
                    disturbed(seed, "stopped-$seed", crashes = 4) { it.stop() } shouldBe undisturbed
                }
            }
        }

        "the same when they are killed, of which nobody hears" {
            repeat(2) { seed ->
                withClue("seed $seed") {
                    val undisturbed = executor.execute(graphOf(seed, NODES)).orThrow().allNodeOutputs
                    disturbed(seed, "killed-$seed", crashes = 3) { it.kill() } shouldBe undisturbed
                }
            }
        }

        "nodes that do not wait for each other are under way together" {
            val gates = List(5) { CompletableDeferred<Unit>() }
            val flow = workflow("together") {
                repeat(5) { n ->
                    transform("n$n") {
                        gates[n].complete(Unit)
                        gates.forEach { gate -> gate.await() }
                        n
                    }
                }
            }
            val process = station.process(TemporalWorkflow.of(flow, executor))
            station.start("together").ends<Map<*, *>>()["n4"] shouldBe 4
            process.stop()
        }

        "waits of days, maps, and an approval that is given while no process runs" {
            val flow = workflow("review") {
                val list = transform("list") { listOf(1, 2, 3) }
                val all = map("all", TransformNode.of("each") { "<${it.item}>" }, list) { over = "{{node.list}}" }
                val wait = delay("wait", 10.days, all)
                val ok = approval("ok", wait) { question = "{{node.all}}?" }
                transform("end", ok) { it.text("all") }
            }
            val first = station.process(TemporalWorkflow.of(flow, executor))
            val run = station.start("review")
            station.pass(11.days)
            first.kill()
            run.decide("ok", Decision.yes("Ann"))
            val second = station.process(TemporalWorkflow.of(flow, executor))
            run.ends<Map<*, *>>()["end"] shouldBe """["<1>","<2>","<3>"]"""
            station.kept("review").map(::nodeOf) shouldContainExactlyInAnyOrder
                listOf("workflow", "list", "all", "all", "all", "question.ok", "end")
            second.stop()
        }

        "a run whose approval is refused has failed, for good" {
            val flow = workflow("refused") { approval("ok") { question = "ok?" } }
            val process = station.process(TemporalWorkflow.of(flow, executor))
            val run = station.start("refused")
            run.decide("ok", Decision.no("Bob", "too long"))
            val failure = shouldThrow<WorkflowFailedException> { run.ends<Map<*, *>>() }.cause as ApplicationFailure
            failure.type shouldBe "NodeFailedException"
            failure.originalMessage shouldContain "'ok' was refused by Bob: too long"
            process.stop()
        }

        "a node that fails stays failed, and the result has it, its cause, and all that was done" {
            val heard = ConcurrentLinkedQueue<String>()
            val flow = workflow("fails") {
                val good = transform("good") { "well" }
                transform("bad", good) {
                    heard += "bad"
                    throw UnsupportedOperationException("no")
                }
            }
            val body = temporalWorkflow("fails", JsonObject.serializer(), String.serializer()) { steps, _ ->
                val result = executor.execute(flow, emptyMap(), steps)
                val error = result.error.shouldBeInstanceOf<NodeFailedException>()
                val cause = error.cause.shouldBeInstanceOf<StepFailedException>()
                "${result.state} ${error.node} ${cause.type} ${cause.reason} ${result.nodeText("good")}"
            }
            val process = station.process(body)
            station.start("fails", "fails", emptyMap<String, String>()).ends<String>() shouldBe
                "FAILED bad UnsupportedOperationException no well"
            heard.toList() shouldBe listOf("bad")
            process.stop()
        }

        "wrong inputs fail the run, and say what is wrong" {
            val flow = workflow("inputs") {
                input("topic", WorkflowInput.Type.TEXT)
                transform("end") { it.inputs["topic"] }
            }
            val process = station.process(TemporalWorkflow.of(flow, executor))
            station.start("inputs", "right", mapOf("topic" to "tides")).ends<Map<*, *>>() shouldBe mapOf("end" to "tides")
            val failure = shouldThrow<WorkflowFailedException> { station.start("inputs", "wrong").ends<Map<*, *>>() }
            (failure.cause as ApplicationFailure).originalMessage shouldContain "topic"
            process.stop()
        }
    })

private const val NODES = 40
