@file:JvmName("-Answering")

package dev.tandem.temporal

import dev.tandem.workflow.durable.Decision
import io.temporal.client.WorkflowStub
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import kotlinx.serialization.KSerializer

/**
 * Says [value] to the run that waits for [name], or will, also while no process runs it. The first answer counts; that there was one
 * already nobody is told.
 */
public suspend fun <T> WorkflowStub.answer(name: String, serializer: KSerializer<T>, value: T): Unit = withContext(Dispatchers.IO) {
    Decisions.send(this@answer, name, serializer, value)
}

/** The answer to the approval [node]; of one in a workflow within it, `outer/inner`. */
public suspend fun WorkflowStub.decide(node: String, decision: Decision): Unit =
    answer(Decision.nameOf(node), Decision.serializer(), decision)
