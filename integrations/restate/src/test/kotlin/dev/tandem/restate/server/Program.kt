package dev.tandem.restate.server

import dev.restate.sdk.endpoint.Endpoint
import dev.restate.sdk.http.vertx.RestateHttpServer
import dev.tandem.restate.Plan
import dev.tandem.restate.Value
import dev.tandem.restate.restateWorkflow
import dev.tandem.workflow.durable.StepFailedException
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.serialization.Serializable
import kotlinx.serialization.builtins.ListSerializer
import kotlinx.serialization.builtins.serializer
import java.nio.file.Path
import java.time.Duration
import java.util.UUID

@Serializable
class GraphInput(val seed: Int, val size: Int, val isGated: Boolean)

@Serializable
class Decision(val isApproved: Boolean, val by: String)

/** What the tests kill: a process with workflows. Its arguments: its own port, the [Referee]'s, the file of [Effects]. */
fun main(arguments: Array<String>) {
    val gate = Gate(arguments[1].toInt())
    val effects = Effects(Path.of(arguments[2]))
    val text = String.serializer()

    val graph = restateWorkflow("Graph", GraphInput.serializer(), ListSerializer(Value.serializer())) { steps, input ->
        val heard: suspend (Int, Value) -> Unit = { node, value -> effects.add("heard ${Plan.nameOf(node)} ${value.run}") }
        val values = Plan(input.seed, input.size).run(steps, heard = heard) { node, inputs ->
            val name = Plan.nameOf(node)
            val run = UUID.randomUUID().toString()
            effects.add("begin $name $run")
            if (input.isGated) gate.pass(name) else gate.tell(name)
            effects.add("end $name $run")
            Value.of(node, inputs, run)
        }
        values.also { gate.tell("over") }
    }
    val pause = restateWorkflow("Pause", Long.serializer(), text) { steps, millis ->
        coroutineScope {
            val since = steps.step("since", Long.serializer()) { System.currentTimeMillis() }
            launch {
                steps.step("witness", text) { "" }
                gate.tell("heard witness")
            }
            steps.pause("pause", millis)
            steps.step("until", text) { "${System.currentTimeMillis() - since}" }
        }
    }
    val article = restateWorkflow("Article", text, text) { steps, topic ->
        val draft = steps.step("draft", text) { "on $topic".also { effects.add("draft") } }
        val decision = coroutineScope {
            launch {
                steps.step("witness", text) { "" }
                gate.tell("heard witness")
            }
            steps.await("approval", Decision.serializer())
        }
        steps.step("publish", text) { "$draft, approved by ${decision.by}".also { effects.add("publish") } }
    }.configure { it.inactivityTimeout(Duration.ofMillis(100)) }
    val order = restateWorkflow("Order", text, text) { steps, _ ->
        try {
            steps.step("pay", text) {
                effects.add("pay")
                throw IllegalStateException("no card: 4000")
            }
        } catch (e: StepFailedException) {
            steps.step("tell", text) { "".also { gate.pass("tell") } }
            throw IllegalStateException("${e.type} of ${e.step}, ${e.reason}", e)
        }
    }
    val trip = restateWorkflow("Trip", text, text) { steps, _ ->
        try {
            steps.step("fly", text) { "".also { gate.pass("fly") } }
        } finally {
            withContext(NonCancellable) { steps.step("undo", text) { "".also { effects.add("undo") } } }
        }
    }
    val wide = restateWorkflow("Wide", Int.serializer(), Int.serializer()) { steps, width ->
        coroutineScope { repeat(width) { n -> launch { steps.step("step-$n", text) { "" } } } }
        width
    }
    val stray = restateWorkflow("Stray", text, text) { steps, _ ->
        coroutineScope {
            launch { steps.step("long", text) { "".also { gate.pass("long") } } }
            delay(100)
            ""
        }
    }
    val slow = restateWorkflow("Slow", text, text) { steps, _ -> steps.step("long", text) { "done".also { gate.pass("long") } } }
        .configure { it.inactivityTimeout(Duration.ofMillis(100)).abortTimeout(Duration.ofMillis(100)) }

    val endpoint = Endpoint.builder()
    val fifty = fiftyOnRestate(gate, effects)
    for (workflow in listOf(graph, pause, article, order, trip, wide, stray, slow, fifty)) endpoint.bind(workflow)
    val server = RestateHttpServer.fromEndpoint(endpoint.build()).listen(arguments[0].toInt(), "127.0.0.1")
    println("listening on ${server.toCompletionStage().toCompletableFuture().join().actualPort()}")
}
