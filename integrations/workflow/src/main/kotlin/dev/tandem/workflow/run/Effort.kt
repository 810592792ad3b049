package dev.tandem.workflow.run

import dev.tandem.model.Usage
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.telemetry.CallListener

/** What the calls of one node take, and tell. They may come from several threads. */
internal class Effort(private val node: String, private val hub: Hub) : CallListener {
    /** All of this is guarded by this object. */
    private var usage = Usage.NONE
    private val tools = ArrayList<NodeDone.Tool>()
    private val attempts = ArrayList<NodeDone.Attempt>()

    override fun onEvent(call: Call<*>, event: CallEvent) {
        note(event)
        when (event) {
            is CallEvent.Sent -> hub.add(WorkflowEvent.LlmCallStarted(node, call.target.name))
            is CallEvent.Returned -> hub.add(WorkflowEvent.LlmCallCompleted(node, event.usage, event.error))
            is CallEvent.ToolStarted -> hub.add(WorkflowEvent.ToolCallStarted(node, event.tool))
            is CallEvent.ToolFinished -> hub.add(told(event))
            else -> Unit
        }
    }

    /** From start to end of a node that is not at work itself: it has no attempts that would tell. */
    @Volatile var span: Execution? = null

    @get:Synchronized
    var lastError: Throwable? = null
        private set

    @Synchronized
    fun attempted(at: Long, millis: Long, error: Throwable?) {
        attempts += NodeDone.Attempt(at, millis, error?.let { it.message ?: it::class.simpleName })
        lastError = error
    }

    /** What an item of a map has taken. */
    fun add(part: Effort) {
        val (partUsage, partTools, partAttempts) = synchronized(part) { Triple(part.usage, part.tools.toList(), part.attempts.toList()) }
        synchronized(this) {
            usage += partUsage
            tools += partTools
            attempts += partAttempts
        }
    }

    @Synchronized
    fun usage(): Usage = usage

    @Synchronized
    fun tools(): List<NodeDone.Tool> = tools.toList()

    @Synchronized
    fun attempts(): List<NodeDone.Attempt> = attempts.toList()

    @Synchronized
    private fun note(event: CallEvent) {
        if (event is CallEvent.Completed) usage += event.usage
        if (event is CallEvent.ToolFinished) tools += NodeDone.Tool(event.tool, event.tookMillis, event.error?.message)
    }

    private fun told(event: CallEvent.ToolFinished): WorkflowEvent {
        val error = event.error ?: return WorkflowEvent.ToolCallCompleted(node, event.tool, event.tookMillis)
        return WorkflowEvent.ToolCallFailed(node, event.tool, event.tookMillis, error)
    }
}
