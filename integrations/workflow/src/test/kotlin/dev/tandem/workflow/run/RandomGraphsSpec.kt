package dev.tandem.workflow.run

import dev.tandem.workflow.ConditionNode
import dev.tandem.workflow.FailurePolicy
import dev.tandem.workflow.JoinNode
import dev.tandem.workflow.Node
import dev.tandem.workflow.NodeBuilder
import dev.tandem.workflow.TransformNode
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.executorOf
import dev.tandem.workflow.run.Reference.Policy
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import java.io.IOException
import kotlin.random.Random
import kotlin.time.Duration.Companion.milliseconds

/** Random graphs with random failures, policies, choices and times, against rules as plain as can be. */
class RandomGraphsSpec :
    StringSpec({
        "same states, same outputs, parents before children, nothing twice" {
            var failing = 0
            repeat(GRAPHS) {
                val seed = Random.nextLong()
                withClue("seed $seed") {
                    if (agrees(Random(seed))) failing++
                }
            }
            // Or nothing of this would say anything.
            (failing in GRAPHS / 10..GRAPHS * 9 / 10) shouldBe true
        }
    })

private fun agrees(random: Random): Boolean {
    val reference = Reference(random)
    val expected = reference.states()
    val begun = ArrayList<String>()
    val over = HashSet<String>()
    val flow = Workflow
        .builder("random")
        .apply {
            reference.steps.forEachIndexed {
                i,
                it,
                ->
                add(nodeOf(reference, i, it, random, begun, over))
            }
        }.build()
    var isFailing = false
    runTest {
        val executor = executorOf { settings { concurrency = random.nextInt(1, 6) } }
        val events = executor.stream(flow).toList()
        val result = (events.last() as? WorkflowEvent.RunCompleted)?.result ?: (events.last() as WorkflowEvent.RunFailed).result
        isFailing = reference.isFailing(expected)
        result.isFailed shouldBe isFailing
        begun.size shouldBe begun.distinct().size
        checkEvents(flow, events)
        for ((i, step) in reference.steps.withIndex()) {
            val record = checkNotNull(result.node(step.name))
            val found = stateOf(record)
            // A run that fails leaves out what it has not come to.
            if (!isFailing) {
                found shouldBe expected[i]
            } else if (found != "run over") {
                found shouldBe expected[i]
            }
        }
    }
    return isFailing
}

private fun checkEvents(flow: Workflow, events: List<WorkflowEvent>) {
    val started = events.filterIsInstance<WorkflowEvent.NodeStarted>().map { it.node }
    val ended = events
        .filter { it is WorkflowEvent.NodeCompleted || it is WorkflowEvent.NodeFailed || it is WorkflowEvent.NodeSkipped }
        .map { it.node }
    started.size shouldBe started.distinct().size
    ended.size shouldBe flow.nodeCount
    ended.distinct().size shouldBe flow.nodeCount
    ended shouldContainAll started
    for (name in started) {
        val at = events.indexOfFirst { it is WorkflowEvent.NodeStarted && it.node == name }
        events.take(at).none { it.node == name } shouldBe true
    }
}

private fun stateOf(record: NodeRecord): String = when (record.state) {
    NodeState.COMPLETED -> "completed:" + wordsOf(record)

    NodeState.FAILED -> "failed"

    NodeState.SKIPPED -> when (record.skipReason) {
        SkipReason.NOT_CHOSEN -> "not chosen"
        SkipReason.FAILED_BEFORE -> "broken"
        else -> "run over"
    }
}

private fun wordsOf(record: NodeRecord): String = when (val output = record.output) {
    is JsonPrimitive -> output.content
    is JsonObject -> "${record.name}(${output.keys.joinToString(",")})"
    is JsonArray -> if (record.error != null) "fallback" else "${record.name}(${parentsOf(record)})"
    null -> "none"
}

/** A condition's output is whom it chose; what it was given tells who was before it. */
private fun parentsOf(record: NodeRecord) = (Json.parseToJsonElement(record.input.orEmpty()) as JsonObject).keys.joinToString(",")

private fun nodeOf(
    reference: Reference,
    place: Int,
    step: Reference.Step,
    random: Random,
    begun: MutableList<String>,
    over: MutableSet<String>,
): Node {
    val time = random.nextInt(5).milliseconds
    val parents = step.parents.map { "n$it" }
    val work: suspend (Set<String>) -> String = { present ->
        over shouldContainAll present
        begun += step.name
        delay(time)
        over += step.name
        if (step.fails) throw IOException("${step.name} fails")
        "n$place(" + parents.filter { it in present }.joinToString(",") + ")"
    }
    val chosen = step.chooses
    return when {
        step.isTolerant -> {
            JoinNode
                .builder(step.name)
                .tolerant(true)
                .with(step, parents)
                .build()
                .also { over += step.name }
        }

        chosen != null -> {
            ConditionNode.builder(step.name).with(step, parents, isCondition = true).build {
                work(it.parents.keys)
                chosen.map { child -> reference.steps[child].name }
            }
        }

        else -> {
            TransformNode.builder(step.name).with(step, parents).build { work(it.parents.keys) }
        }
    }
}

private fun <B : NodeBuilder<B>> B.with(step: Reference.Step, parents: List<String>, isCondition: Boolean = false): B {
    after(*parents.toTypedArray())
    return when (step.policy) {
        Policy.FAIL -> this
        Policy.SKIP -> onFailure(FailurePolicy.SKIP_DESCENDANTS)
        Policy.FALLBACK -> onFailure(FailurePolicy.fallback(if (isCondition) emptyList<String>() else "fallback"))
    }
}

private const val GRAPHS = 300
