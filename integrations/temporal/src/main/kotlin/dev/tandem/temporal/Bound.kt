package dev.tandem.temporal

import io.temporal.common.converter.EncodedValues
import io.temporal.common.converter.RawValue
import io.temporal.workflow.DynamicWorkflow
import io.temporal.workflow.Workflow

/** One run of one of the workflows that were bound to a worker. */
internal class Bound(private val steps: StepWorker, private val workflows: Map<String, TemporalWorkflow>) : DynamicWorkflow {
    override fun execute(args: EncodedValues): Any {
        val type = Workflow.getInfo().workflowType
        val workflow = checkNotNull(workflows[type]) { "no workflow '$type' is bound to this worker, only ${workflows.keys}" }
        val input = if (args.size == 0) "null" else JsonPayload.textOf(args.get(0, RawValue::class.java))
        return JsonPayload.of(steps.durably { workflow.run(it, input) })
    }
}
