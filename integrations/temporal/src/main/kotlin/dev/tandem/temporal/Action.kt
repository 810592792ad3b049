package dev.tandem.temporal

import kotlin.coroutines.CoroutineContext

/** What a step does, to be done away from the workflow, with the [context] of the coroutine that waits for it. */
internal class Action(val context: CoroutineContext, val body: suspend () -> String)
