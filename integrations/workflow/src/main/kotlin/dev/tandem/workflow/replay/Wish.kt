package dev.tandem.workflow.replay

import kotlinx.coroutines.CancellableContinuation

/** Something that one of the workflow's coroutines waits for. Only for the driver and, in [Turns], the workflow. */
internal class Wish(val waiting: CancellableContinuation<String>, val begin: suspend (Journal) -> Journal.Entry) {
    lateinit var entry: Journal.Entry
}
