@file:JvmName("-Answer")

package dev.tandem.restate

import dev.restate.sdk.common.DurablePromiseKey
import dev.restate.sdk.kotlin.SharedWorkflowContext
import dev.tandem.workflow.replay.replayJson
import kotlinx.serialization.KSerializer

/**
 * Says [value] to the workflow that waits for [name], or will: to be called in another handler of the same workflow.
 * A second answer to the same is refused with a `TerminalException`.
 */
public suspend fun <T> SharedWorkflowContext.answer(name: String, serializer: KSerializer<T>, value: T) {
    promiseHandle(DurablePromiseKey.of(name, JsonText)).resolve(replayJson.encodeToString(serializer, value))
}
