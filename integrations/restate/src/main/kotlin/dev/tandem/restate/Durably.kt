@file:JvmName("-Durably")

package dev.tandem.restate

import dev.restate.sdk.kotlin.SharedWorkflowContext
import dev.tandem.workflow.durable.DurableSteps
import dev.tandem.workflow.replay.Driver

/**
 * Runs [body] with steps that Restate remembers; to be called in the handler of a workflow.
 *
 * [body] may be many coroutines. They take turns, and may wait for steps and for each other, and for nothing else: no delay, no other
 * dispatcher, no clock. The actions of steps may do anything; they run beside each other, in the context of the handler, and again if
 * the process dies before Restate has their result.
 *
 * Cancelling the invocation cancels [body] and the actions under way. What [body] does in `withContext(NonCancellable)` it may do with
 * steps, to undo others.
 *
 * What [body] throws because a step or a node has failed is final, and fails the invocation; whatever else it throws, Restate tries again.
 */
public suspend fun <T> SharedWorkflowContext.durably(body: suspend (DurableSteps) -> T): T = Driver(RestateJournal(this)).run(body)
