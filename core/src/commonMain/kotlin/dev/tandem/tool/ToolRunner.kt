package dev.tandem.tool

import dev.tandem.error.ErrorDetails
import dev.tandem.error.ToolFailedException
import dev.tandem.model.ChatEvent
import dev.tandem.model.Message
import dev.tandem.model.ToolCall
import dev.tandem.pipeline.CallEvent
import dev.tandem.platform.Clock
import dev.tandem.schema.Tidy
import dev.tandem.schema.Violations
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.sync.withPermit
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.TimeSource

/** Runs what one answer asks for, side by side. Whatever goes wrong becomes a result, or fails the call, as the policy says. */
internal class ToolRunner(private val rounds: Rounds, private val tell: (CallEvent) -> Unit, private val clock: TimeSource) {
    private val policy get() = rounds.policy
    private val places = Semaphore(rounds.policy.concurrency)

    /** One question at a time: there may be a person who answers. */
    private val asking = Mutex()

    /** The results in the order of [calls]. [hear] is called by this coroutine only. */
    suspend fun run(calls: List<ToolCall>, hear: suspend (ChatEvent) -> Unit): List<Message> = coroutineScope {
        val events = Channel<ChatEvent>(Channel.UNLIMITED)
        val results = calls.map { call -> async { Message.tool(call.id, resultOf(call, events)) } }
        val all = async { results.awaitAll().also { events.close() } }
        for (event in events) hear(event)
        all.await()
    }

    private suspend fun resultOf(call: ToolCall, events: Channel<ChatEvent>): String {
        var started = clock.markNow()
        val outcome = try {
            val tool = rounds.tools[call.name] ?: throw Objection("there is no tool named '${call.name}', only ${rounds.tools.keys}")
            val arguments = argumentsOf(call, tool)
            policy.approval?.let { approval -> asking.withLock { approval.objectionTo(call) } }?.let { throw Objection(it) }
            places.withPermit {
                started = clock.markNow()
                events.trySend(ChatEvent.ToolStarted(call))
                tell(CallEvent.ToolStarted(call.name))
                Outcome(run(tool, call, arguments), null)
            }
        } catch (e: Objection) {
            Outcome(e.message, e)
        }
        tell(CallEvent.ToolFinished(call.name, started.elapsedNow(), outcome.error))
        events.trySend(ChatEvent.ToolFinished(call, outcome.result, outcome.error != null))
        return outcome.result
    }

    private suspend fun run(tool: Tool, call: ToolCall, arguments: JsonObject): String {
        val limit = tool.timeoutMillis?.milliseconds ?: policy.timeout
        val result = try {
            Clock.withinOrNull(limit) { tool.run(arguments) } ?: throw tooLate(call, limit)
        } catch (e: CancellationException) {
            // The call's, or one that the tool has made itself.
            currentCoroutineContext().ensureActive()
            throw failure(call, "was cancelled from within", e)
        } catch (e: IllegalArgumentException) {
            throw Objection(e.message ?: "the arguments are not what they should be")
        } catch (e: Exception) {
            throw failure(call, "failed: ${e.message ?: e::class.simpleName}", e)
        }
        if (result.length <= policy.maxResultChars) return result
        throw failure(call, "has a result of ${result.length} characters, and ${policy.maxResultChars} is the most: ask for less", null)
    }

    private fun tooLate(call: ToolCall, limit: Duration) = failure(call, "took longer than $limit", null)

    /** What the model is told, or what ends the call. */
    private fun failure(call: ToolCall, what: String, cause: Exception?): Exception {
        if (cause is Objection || cause is ToolFailedException) return cause
        val message = "the tool '${call.name}' $what"
        return if (policy.failsWithTool) ToolFailedException(message, call, ErrorDetails.NONE, cause) else Objection(message, cause)
    }

    private fun argumentsOf(call: ToolCall, tool: Tool): JsonObject {
        val said = try {
            Json.parseToJsonElement(call.arguments.ifBlank { "{}" }) as? JsonObject
        } catch (_: SerializationException) {
            null
        } ?: throw Objection("the arguments of '${call.name}' must be a JSON object, but are: ${call.arguments.take(SHOWN)}")
        val arguments = Tidy(tool.parameters).of(said) as JsonObject
        val wrong = Violations(tool.parameters).of(arguments)
        if (wrong.isEmpty()) return arguments
        throw Objection("the arguments of '${call.name}' do not fit: ${wrong.take(MOST_SAID).joinToString("; ")}")
    }

    private class Outcome(val result: String, val error: Throwable?)

    /** Why a tool has no result, in words for the model. */
    private class Objection(override val message: String, cause: Throwable? = null) : Exception(message, cause)

    private companion object {
        const val SHOWN = 200
        const val MOST_SAID = 10
    }
}
