@file:JvmName("-RestateWorkflow")

package dev.tandem.restate

import dev.restate.sdk.endpoint.definition.HandlerDefinition
import dev.restate.sdk.endpoint.definition.HandlerType
import dev.restate.sdk.endpoint.definition.ServiceDefinition
import dev.restate.sdk.endpoint.definition.ServiceType
import dev.restate.sdk.kotlin.HandlerRunner
import dev.restate.sdk.kotlin.SharedWorkflowContext
import dev.restate.sdk.kotlin.WorkflowContext
import dev.restate.serde.SerdeFactory
import dev.tandem.workflow.durable.DurableSteps
import kotlinx.serialization.KSerializer
import kotlinx.serialization.Serializable
import kotlinx.serialization.builtins.serializer
import kotlinx.serialization.json.JsonElement

/**
 * A workflow to be bound to a Restate endpoint, which needs no code generation. It has two handlers: `run` does what [body] says, as
 * [durably] describes it, and `answer` takes `{"name": …, "value": …}` for what [DurableSteps.await] waits for.
 */
public fun <I, O> restateWorkflow(
    name: String,
    input: KSerializer<I>,
    output: KSerializer<O>,
    body: suspend (DurableSteps, I) -> O,
): ServiceDefinition {
    val run = HandlerRunner.of<I, O, WorkflowContext>(SerdeFactory.NOOP) { context, request -> context.durably { body(it, request) } }
    val answer = HandlerRunner.of<Answer, Unit, SharedWorkflowContext>(SerdeFactory.NOOP) { context, request ->
        context.answer(request.name, JsonElement.serializer(), request.value)
    }
    val handlers = listOf<HandlerDefinition<*, *>>(
        HandlerDefinition.of("run", HandlerType.WORKFLOW, JsonSerde(input), JsonSerde(output), run),
        HandlerDefinition.of("answer", HandlerType.SHARED, JsonSerde(Answer.serializer()), JsonSerde(Unit.serializer()), answer),
    )
    return ServiceDefinition.of(name, ServiceType.WORKFLOW, handlers)
}

@Serializable
private class Answer(val name: String, val value: JsonElement)
