package dev.tandem.tool

import dev.tandem.error.ErrorDetails
import dev.tandem.error.ToolFailedException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ToolCall
import dev.tandem.pipeline.CallEvent
import dev.tandem.platform.Clock
import dev.tandem.schema.Tidy
import dev.tandem.schema.Violations
import dev.tandem.structured.readJson
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.cancel
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.sync.withPermit
import kotlinx.serialization.json.JsonObject
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.TimeMark
import kotlin.time.TimeSource

/** Runs what one answer asks for, side by side. Whatever goes wrong becomes a result, or ends the call, as the policy says. */
internal class ToolRunner(private val rounds: Rounds, private val tell: (CallEvent) -> Unit, private val clock: TimeSource) {
    private val policy get() = rounds.policy
    private val places = Semaphore(rounds.policy.concurrency)

    /** One question at a time: there may be a person who answers. */
    private val asking = Mutex()

    /** The first that ends the call ends the others. [hear] is called by this coroutine only. */
    suspend fun run(results: Results, hear: suspend (ChatEvent) -> Unit): Unit = coroutineScope {
        val events = Channel<ChatEvent>(Channel.UNLIMITED)
        val all = launch {
            val others = this
            results.calls.forEachIndexed { i, call ->
                launch {
                    val outcome = outcomeOf(call, events)
                    results.outcomes[i] = outcome
                    if (outcome.ending != null) others.cancel()
                }
            }
        }
        all.invokeOnCompletion { events.close() }
        for (event in events) hear(event)
    }

    private suspend fun outcomeOf(call: ToolCall, events: Channel<ChatEvent>): Outcome {
        var started: TimeMark? = null

        fun finished(outcome: Outcome): Outcome {
            val took = (started ?: clock.markNow()).elapsedNow()
            tell(CallEvent.ToolFinished(call.name, took, outcome.error, call, outcome.result, rounds.count))
            events.trySend(ChatEvent.ToolFinished(call, outcome.result, outcome.error != null))
            return outcome
        }
        return try {
            val tool = rounds.tools[call.name] ?: throw Objection("there is no tool named '${call.name}', only ${rounds.tools.keys}")
            val arguments = argumentsOf(call, tool)
            askWhether(ToolCall(call.id, call.name, arguments.toString()))
            places.withPermit {
                started = clock.markNow()
                events.trySend(ChatEvent.ToolStarted(call))
                tell(CallEvent.ToolStarted(call.name, call))
                finished(run(tool, call, arguments))
            }
        } catch (e: Objection) {
            finished(Outcome(e.message, failureOf(call, e.message, null)))
        } catch (e: ToolFailedException) {
            finished(Outcome(e.message.orEmpty(), e, e))
        } catch (e: Throwable) {
            // Whoever heard that it began hears that it is over.
            if (started != null) finished(Outcome(Outcome.GIVEN_UP, e))
            throw e
        }
    }

    private suspend fun run(tool: Tool, call: ToolCall, arguments: JsonObject): Outcome {
        val limit = tool.timeoutMillis?.milliseconds ?: policy.timeout
        val result = try {
            Clock.withinOrNull(limit) { tool.run(arguments) } ?: return failed(call, "took longer than $limit", null)
        } catch (e: CancellationException) {
            // The call's, or one that the tool has made itself.
            currentCoroutineContext().ensureActive()
            return failed(call, "was cancelled from within", e)
        } catch (e: IllegalArgumentException) {
            return Outcome(readable(e.message ?: "the arguments are not what they should be"), e)
        } catch (e: Throwable) {
            // An error as well: of a class that is missing, or a stack that was too small for one tool.
            return failed(call, "failed: ${e.message ?: e::class.simpleName}", e)
        }
        if (result.length <= policy.maxResultChars) return Outcome(result)
        return failed(call, "has a result of ${result.length} characters, and ${policy.maxResultChars} is the most: ask for less", null)
    }

    /** What the model is told, or what ends the call. */
    private fun failed(call: ToolCall, what: String, cause: Throwable?): Outcome {
        val message = readable("the tool '${call.name}' $what")
        val failure = failureOf(call, message, cause)
        return Outcome(message, cause ?: failure, failure.takeIf { policy.failsWithTool })
    }

    private fun failureOf(call: ToolCall, message: String, cause: Throwable?) = ToolFailedException(message, call, ErrorDetails.NONE, cause)

    private fun readable(message: String) = message.take(policy.maxResultChars)

    private suspend fun askWhether(call: ToolCall) {
        val approval = policy.approval ?: return
        val objection = try {
            asking.withLock { approval.objectionTo(call) }
        } catch (e: Exception) {
            currentCoroutineContext().ensureActive()
            throw failureOf(call, "nobody could say whether '${call.name}' may be run: ${e.message}", e)
        }
        objection?.let { throw Objection(it) }
    }

    private fun argumentsOf(call: ToolCall, tool: Tool): JsonObject {
        val said = readJson(call.arguments.ifBlank { "{}" }) as? JsonObject
            ?: throw Objection("the arguments of '${call.name}' must be a JSON object, but are: ${call.arguments.take(SHOWN)}")
        val arguments = Tidy(tool.parameters).of(said) as JsonObject
        val wrong = Violations(tool.parameters).of(arguments)
        if (wrong.isEmpty()) return arguments
        throw Objection("the arguments of '${call.name}' do not fit: ${wrong.take(MOST_SAID).joinToString("; ")}")
    }

    /** Why a tool was not run, in words for the model. */
    private class Objection(override val message: String) : Exception(message)

    private companion object {
        const val SHOWN = 200
        const val MOST_SAID = 10
    }
}
