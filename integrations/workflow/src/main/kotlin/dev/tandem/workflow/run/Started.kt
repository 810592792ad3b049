package dev.tandem.workflow.run

import java.util.concurrent.atomic.AtomicBoolean

/** Tells once that a node has started. */
internal class Started(private val hub: Hub, val name: String) {
    private val isTold = AtomicBoolean()

    suspend fun tell() {
        if (isTold.compareAndSet(false, true)) hub.put(WorkflowEvent.NodeStarted(hub.moment(name)))
    }
}
