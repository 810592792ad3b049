package dev.tandem.temporal

import dev.tandem.workflow.durable.Decision
import dev.tandem.workflow.replay.replayJson
import io.temporal.client.WorkflowStub
import kotlinx.serialization.KSerializer

/** Answers for approvals, from Java. */
public object Decisions {
    /** Sends [decision] to the approval [node] of the run; of one in a workflow within it, `outer/inner`. The first one counts. */
    @JvmStatic
    public fun send(run: WorkflowStub, node: String, decision: Decision) {
        send(run, Decision.nameOf(node), Decision.serializer(), decision)
    }

    internal fun <T> send(run: WorkflowStub, name: String, serializer: KSerializer<T>, value: T) {
        val answer = Answer(name, replayJson.encodeToJsonElement(serializer, value))
        run.signal(AnswerSignal.SIGNAL, JsonPayload.of(replayJson.encodeToString(Answer.serializer(), answer)))
    }
}
