package dev.tandem.workflow.durable

import kotlinx.serialization.KSerializer

/** Steps that this process itself can tell what they wait for. */
public interface LocalSteps : DurableSteps {
    /** What [await] of [name] gives, also where nobody waits for it yet. The first one counts; false for all others. */
    public suspend fun <T> answer(name: String, serializer: KSerializer<T>, value: T): Boolean

    /** The answer to the approval [node]; of one in a workflow within it, `outer/inner`. The first one counts; false for all others. */
    public suspend fun decide(node: String, decision: Decision): Boolean = answer(Decision.nameOf(node), Decision.serializer(), decision)
}
