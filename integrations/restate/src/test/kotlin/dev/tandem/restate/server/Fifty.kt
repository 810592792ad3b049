package dev.tandem.restate.server

import dev.restate.sdk.endpoint.definition.ServiceDefinition
import dev.tandem.AiClient
import dev.tandem.provider.openai.OpenAi
import dev.tandem.restate.restateWorkflow
import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.Node
import dev.tandem.workflow.TransformNode
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.agent
import dev.tandem.workflow.approval
import dev.tandem.workflow.condition
import dev.tandem.workflow.durable.DurableSteps
import dev.tandem.workflow.join
import dev.tandem.workflow.map
import dev.tandem.workflow.run.WorkflowExecutor
import dev.tandem.workflow.run.WorkflowResult
import dev.tandem.workflow.transform
import dev.tandem.workflow.workflow
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.builtins.ListSerializer
import kotlinx.serialization.builtins.serializer
import kotlin.random.Random

@Serializable
class FiftyInput(val seed: Int, val url: String)

/** [fifty] in a process: the [Desk] at the input's address hears which one asks, and [effects] which functions ran in it. */
fun fiftyOnRestate(gate: Gate, effects: Effects): ServiceDefinition {
    val pid = ProcessHandle.current().pid()
    return restateWorkflow("Fifty", FiftyInput.serializer(), ListSerializer(String.serializer())) { steps, input ->
        val flow = fifty(input.seed) { effects.add("$pid $it") }
        withExecutor("${input.url}/$pid") { outcomeOf(it.execute(flow, emptyMap(), Telling(steps, gate))) }
    }
}

inline fun <T> withExecutor(url: String, body: (WorkflowExecutor) -> T): T = AiClient(OpenAi.compatible(url)) { model = "m-1" }.use { ai ->
    WorkflowExecutor
        .builder(ai)
        .settings { concurrency = 4 }
        .build()
        .use(body)
}

/** All of a result that does not depend on the clock. */
fun outcomeOf(result: WorkflowResult): List<String> = result
    .orThrow()
    .nodes
    .sortedBy { it.name }
    .map { "${it.name}: ${it.kind} ${it.state} ${it.output} ${it.usage}" }

/** Nodes of all kinds, of which those named `late-…` come after an approval, in a random order; [ran] hears of each function. */
fun fifty(seed: Int, ran: (String) -> Unit): Workflow {
    val random = Random(seed)
    return workflow("fifty") {
        val early = several("early", 19, random, ran = ran)
        val list = transform("list", early[3], early[4]) { inputs ->
            ran("list")
            List(5) { "$it of ${inputs.parents.toString().hashCode()}" }
        }
        val all = map("all", AgentNode.of("one", "ask all[{{index}}] of {{item}}"), list) { over = "{{node.list}}" }
        val both = join("both", all, early[9])
        val route = condition("route", both) { inputs ->
            ran("route")
            if (inputs.parents.toString().hashCode() % 2 == 0) "left" else "right"
        }
        val ways = listOf("left", "right").map { way -> agent(way, route) { prompt = "ask $way of what came" } }
        val met = function("met", ways, ran).also { add(it) }
        val ok = approval("ok", met) { question = "{{node.met}}?" }
        several("late", 23, random, after = listOf(ok), ran = ran)
    }
}

/** Each comes after some of those before it; most are agents. */
private fun Workflow.Builder.several(
    name: String,
    count: Int,
    random: Random,
    after: List<Node> = emptyList(),
    ran: (String) -> Unit,
): List<Node> {
    val all = ArrayList<Node>()
    repeat(count) { n ->
        val before = after + all.shuffled(random).take(random.nextInt(4))
        all += if (n % 4 == 3) {
            function("$name-$n", before, ran)
        } else {
            AgentNode
                .builder("$name-$n")
                .prompt("ask $name-$n of what came")
                .after(*namesOf(before))
                .build()
        }
    }
    all.forEach(::add)
    return all
}

private fun function(name: String, after: List<Node>, ran: (String) -> Unit): Node =
    TransformNode.builder(name).after(*namesOf(after)).build {
        ran(name)
        "$name of ${it.parents.toString().hashCode()}"
    }

private fun namesOf(nodes: List<Node>) = nodes.map { it.name }.toTypedArray()

/** Tells when somebody's answer is waited for. */
private class Telling(private val steps: DurableSteps, private val gate: Gate) : DurableSteps by steps {
    override suspend fun <T> await(name: String, serializer: KSerializer<T>): T {
        gate.tell("awaits $name")
        return steps.await(name, serializer)
    }
}
