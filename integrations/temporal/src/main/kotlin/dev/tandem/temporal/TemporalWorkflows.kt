@file:JvmName("-TemporalWorkflows")

package dev.tandem.temporal

import dev.tandem.workflow.Workflow
import dev.tandem.workflow.durable.DurableSteps
import dev.tandem.workflow.run.WorkflowExecutor
import dev.tandem.workflow.run.WorkflowResult
import kotlinx.serialization.KSerializer

/**
 * A workflow for [StepWorker.bind], which does what [body] says, as [StepWorker.durably] describes it. The signal `answer` takes
 * `{"name": …, "value": …}` for what [DurableSteps.await] waits for.
 */
public fun <I, O> temporalWorkflow(
    type: String,
    input: KSerializer<I>,
    output: KSerializer<O>,
    body: suspend (DurableSteps, I) -> O,
): TemporalWorkflow = TemporalWorkflow.of(type, input, output, body)

/** Wrong inputs are so each time. */
internal suspend fun WorkflowExecutor.executeOn(steps: DurableSteps, workflow: Workflow, inputs: Map<String, Any?>): WorkflowResult = try {
    execute(workflow, inputs, steps)
} catch (e: IllegalArgumentException) {
    throw Ends.of(e)
}
