package dev.tandem.restate

import dev.tandem.AiClient
import dev.tandem.provider.openai.OpenAi
import dev.tandem.workflow.FailurePolicy
import dev.tandem.workflow.TransformNode
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.approval
import dev.tandem.workflow.delay
import dev.tandem.workflow.durable.Decision
import dev.tandem.workflow.durable.StepFailedException
import dev.tandem.workflow.map
import dev.tandem.workflow.replay.Driver
import dev.tandem.workflow.run.NodeFailedException
import dev.tandem.workflow.run.WorkflowExecutor
import dev.tandem.workflow.run.WorkflowTimeoutException
import dev.tandem.workflow.transform
import dev.tandem.workflow.workflow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.serialization.json.JsonElement
import kotlin.random.Random
import kotlin.time.Duration.Companion.minutes

/** Workflows as graphs, with steps in Restate's journal. */
class ExecutorSpec :
    StringSpec({
        val ai = AiClient(OpenAi.compatible("http://127.0.0.1:1/v1")) { model = "m-1" }
        val executor = WorkflowExecutor.of(ai)
        afterSpec {
            executor.close()
            ai.close()
        }

        "a graph of fifty nodes goes on over crashes, and gives what it gives undisturbed" {
            repeat(30) { seed ->
                withClue("seed $seed") {
                    runTest {
                        val undisturbed = executor.execute(graphOf(seed)).orThrow().allNodeOutputs
                        crashing(executor, graphOf(seed), Random(seed)) shouldBe undisturbed
                    }
                }
            }
        }

        "waits, maps and an approval" {
            runTest {
                val flow = workflow("w") {
                    val list = transform("list") { listOf(1, 2, 3) }
                    val all = map("all", TransformNode.of("each") { "<${it.item}>" }, list) { over = "{{node.list}}" }
                    val wait = delay("wait", 10.minutes, all)
                    val ok = approval("ok", wait) { question = "{{node.all}}?" }
                    transform("end", ok) { it.text("all") }
                }
                val restate = FakeRestate()
                val waiting = async { Driver(restate.Attempt()).run { executor.execute(flow, emptyMap(), it) } }
                testScheduler.advanceUntilIdle()
                waiting.cancelAndJoin()
                restate.answer(Decision.nameOf("ok"), """{"isYes":true,"by":"Ann","comment":null}""")
                val result = Driver(restate.Attempt()).run { executor.execute(flow, emptyMap(), it) }
                result.nodeText("end") shouldBe """["<1>","<2>","<3>"]"""
            }
        }

        "a limit of time for the run is a pause of the steps, and is over in a replay too" {
            runTest {
                val flow = workflow("w") {
                    val a = transform("a") { "done" }
                    approval("ok", a) { question = "{{node.a}}?" }
                }
                val restate = FakeRestate()
                WorkflowExecutor.builder(ai).settings { runTimeoutMillis(100) }.build().use { hasty ->
                    repeat(2) {
                        val result = Driver(restate.Attempt()).run { hasty.execute(flow, emptyMap(), it) }
                        result.error.shouldBeInstanceOf<WorkflowTimeoutException>().limitMillis shouldBe 100
                        result.nodeText("a") shouldBe "done"
                    }
                }
            }
        }

        "a node that fails stays failed, and the run has it in its result" {
            runTest {
                val flow = workflow("w") { transform("bad") { error("no") } }
                val restate = FakeRestate()
                repeat(2) {
                    val result = Driver(restate.Attempt()).run { executor.execute(flow, emptyMap(), it) }
                    result.error
                        .shouldBeInstanceOf<NodeFailedException>()
                        .cause
                        .shouldBeInstanceOf<StepFailedException>()
                }
                restate.begun.count { "bad" in it } shouldBe 1
            }
        }
    })

/** Attempts at [flow], each of which is given up at some moment, until one comes through. */
private suspend fun TestScope.crashing(executor: WorkflowExecutor, flow: Workflow, random: Random): Map<String, JsonElement> {
    val restate = FakeRestate(wire = { random.nextLong(0, 20) })
    repeat(CRASHES) {
        val kept = restate.notices.map { restate.commands[it.command].substringAfter(' ') }
        val begun = restate.begun.size
        val attempt = async { Driver(restate.Attempt()).run { executor.execute(flow, emptyMap(), it) } }
        withTimeoutOrNull(random.nextLong(1, LONGEST)) { attempt.join() }
        attempt.cancelAndJoin()
        restate.begun.drop(begun).intersect(kept.toSet()) shouldBe emptySet()
    }
    return Driver(restate.Attempt()).run { executor.execute(flow, emptyMap(), it) }.orThrow().allNodeOutputs
}

/** Fifty nodes, each after up to three of those before it; some fail, and have a fallback. */
private fun graphOf(seed: Int): Workflow {
    val random = Random(seed)
    val builder = Workflow.builder("graph")
    for (i in 0 until NODES) {
        val parents = (0 until i).shuffled(random).take(random.nextInt(4)).map { "n$it" }
        val millis = random.nextLong(1, 50)
        val fails = random.nextInt(10) == 0
        val node = TransformNode
            .builder("n$i")
            .after(*parents.toTypedArray())
            .onFailure(FailurePolicy.fallback("instead of n$i"))
            .build { inputs ->
                delay(millis)
                check(!fails) { "no" }
                "n$i of ${inputs.parents.values.sumOf { it.toString().hashCode() }}"
            }
        builder.add(node)
    }
    return builder.build()
}

private const val NODES = 50
private const val CRASHES = 6
private const val LONGEST = 300L
