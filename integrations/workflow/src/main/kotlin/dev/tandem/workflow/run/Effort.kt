package dev.tandem.workflow.run

import dev.tandem.model.ChatResponse
import dev.tandem.model.ToolCall
import dev.tandem.model.Usage
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.telemetry.CallListener
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import java.util.IdentityHashMap
import kotlin.time.TimeMark

/** What the calls of one node take, and tell. They may come from several threads. */
internal class Effort(private val node: String, private val house: House) : CallListener {
    private val hub get() = house.hub
    private val keepsWords get() = house.settings.recordsInputs

    /** All of this is guarded by this object. */
    private var usage = Usage.NONE
    private val tools = ArrayList<NodeDone.Tool>()
    private val attempts = ArrayList<NodeDone.Attempt>()
    private val calls = ArrayList<NodeDone.Call>()

    /** Requests and tools under way, by themselves. */
    private val begun = IdentityHashMap<Any, Begun>(2)

    private class Begun(val at: Long, private val mark: TimeMark) {
        val millis: Long get() = mark.elapsedNow().inWholeMilliseconds
    }

    override fun onEvent(call: Call<*>, event: CallEvent) {
        when (event) {
            is CallEvent.Sent -> sent(call)
            is CallEvent.Returned -> returned(call, event)
            is CallEvent.ToolStarted -> toolStarted(event)
            is CallEvent.ToolFinished -> toolFinished(event)
            is CallEvent.Completed -> add(event.usage)
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
        attempts += NodeDone.Attempt(at, millis, error?.let(::wordsOf))
        lastError = error
    }

    /** What an item of a map has taken. */
    fun add(part: Effort) {
        val taken = part.done()
        synchronized(this) {
            usage += taken.usage.toUsage()
            tools += taken.tools
            attempts += taken.attempts
            calls += taken.calls
        }
    }

    /** A node that has come to [output], with all that was taken for it. */
    @Synchronized
    fun done(output: JsonElement = JsonNull, chosen: List<String>? = null, input: String? = null): NodeDone =
        NodeDone(output, chosen, input, NodeDone.Tokens.of(usage), tools.toList(), attempts.toList(), calls.toList())

    @Synchronized
    private fun add(more: Usage) {
        usage += more
    }

    private fun sent(call: Call<*>) {
        begin(call)
        hub.add(WorkflowEvent.LlmCallStarted(hub.moment(node), call.target.name, askedOf(call)))
    }

    private fun returned(call: Call<*>, event: CallEvent.Returned) {
        val response = event.answer as? ChatResponse
        val begun = end(call)
        val done = ModelCall(
            provider = call.target.name,
            model = response?.model?.ifEmpty { null } ?: askedOf(call),
            startedAtMillis = begun?.at ?: house.times.now(),
            tookMillis = begun?.millis ?: event.tookMillis,
            usage = event.usage,
            finishReason = response?.finishReason,
            attempt = call.attempt,
            isHedge = call.isHedge,
            error = event.error?.let(::wordsOf),
        )
        synchronized(this) { calls += NodeDone.Call.of(done) }
        hub.add(WorkflowEvent.LlmCallCompleted(hub.moment(node), done, event.error))
    }

    private fun toolStarted(event: CallEvent.ToolStarted) {
        event.call?.let(::begin)
        hub.add(WorkflowEvent.ToolCallStarted(hub.moment(node), event.tool, argumentsOf(event.call)))
    }

    private fun toolFinished(event: CallEvent.ToolFinished) {
        val begun = event.call?.let(::end)
        val error = event.error
        val use = ToolUse(
            tool = event.tool,
            arguments = argumentsOf(event.call),
            result = event.result?.takeIf { keepsWords && error == null },
            error = error?.let(::wordsOf),
            startedAtMillis = begun?.at ?: house.times.now(),
            tookMillis = begun?.millis ?: event.tookMillis,
            round = event.round,
        )
        synchronized(this) { tools += NodeDone.Tool.of(use) }
        val moment = hub.moment(node)
        hub.add(if (error == null) WorkflowEvent.ToolCallCompleted(moment, use) else WorkflowEvent.ToolCallFailed(moment, use, error))
    }

    private fun argumentsOf(call: ToolCall?) = call?.arguments?.takeIf { keepsWords }

    @Synchronized
    private fun begin(what: Any) {
        begun[what] = Begun(house.times.now(), house.times.clock.markNow())
    }

    @Synchronized
    private fun end(what: Any): Begun? = begun.remove(what)

    private fun askedOf(call: Call<*>): String = call.request.options.model
        .orEmpty()

    private fun wordsOf(error: Throwable) = error.message ?: error::class.simpleName.orEmpty()
}
