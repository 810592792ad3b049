package dev.tandem.temporal

import dev.tandem.workflow.Workflow
import dev.tandem.workflow.durable.DurableSteps
import dev.tandem.workflow.replay.replayJson
import dev.tandem.workflow.run.WorkflowExecutor
import io.temporal.failure.ApplicationFailure
import kotlinx.serialization.KSerializer
import kotlinx.serialization.builtins.nullable
import kotlinx.serialization.json.JsonObject

/** A workflow type of Temporal, for [StepWorker.bind]. */
public class TemporalWorkflow private constructor(
    /** By this name clients start it. */
    public val type: String,
    /** From JSON to JSON. */
    internal val run: suspend (DurableSteps, String) -> String,
) {
    override fun toString(): String = "TemporalWorkflow($type)"

    public companion object {
        /** Its type is the name of [workflow]; it takes an object of its inputs, and gives an object of the outputs of its nodes. */
        @JvmStatic
        public fun of(workflow: Workflow, executor: WorkflowExecutor): TemporalWorkflow =
            of(workflow.name, JsonObject.serializer().nullable, JsonObject.serializer()) { steps, inputs ->
                JsonObject(executor.executeOn(steps, workflow, inputs.orEmpty()).orThrow().allNodeOutputs)
            }

        internal fun <I, O> of(
            type: String,
            input: KSerializer<I>,
            output: KSerializer<O>,
            body: suspend (DurableSteps, I) -> O,
        ): TemporalWorkflow = TemporalWorkflow(type) { steps, text ->
            val given = try {
                replayJson.decodeFromString(input, text)
            } catch (e: IllegalArgumentException) {
                val what = "the input of '$type' cannot be read as ${input.descriptor.serialName}: ${e.message}"
                throw ApplicationFailure.newNonRetryableFailureWithCause(what, "UnreadableInput", e)
            }
            replayJson.encodeToString(output, body(steps, given))
        }
    }
}
