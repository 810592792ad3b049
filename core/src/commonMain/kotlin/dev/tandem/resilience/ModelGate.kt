package dev.tandem.resilience

import dev.tandem.accounting.SOME_OUTPUT
import dev.tandem.accounting.TokenCounter
import dev.tandem.accounting.inputOf
import dev.tandem.accounting.likelyOutput
import dev.tandem.error.AiException
import dev.tandem.error.ErrorDetails
import dev.tandem.error.NoTurnException
import dev.tandem.error.OverloadedException
import dev.tandem.error.RateLimitedException
import dev.tandem.model.RateLimits
import dev.tandem.model.Request
import dev.tandem.model.Usage
import dev.tandem.pipeline.Call
import kotlin.concurrent.Volatile
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.TimeSource

/** A [Gate], and what is known of the model behind it. */
internal class ModelGate(
    private val way: String,
    private val limit: RateLimit,
    concurrency: Concurrency?,
    private val counter: TokenCounter,
    private val sharing: Sharing?,
    private val obeys: Boolean,
    private val clock: TimeSource.WithComparableMarks,
) {
    private val gate = Gate(limit, concurrency, clock)

    /** What calls and their answers have had lately, where nobody says how long they may be. */
    @Volatile private var usualTotal = 0L

    @Volatile private var usualOutput = SOME_OUTPUT

    suspend fun enter(call: Call<*>): Turn {
        val came = clock.markNow()
        val turn = (if (sharing == null) enterAlone(call) else enterWith(sharing, call)) ?: throw noTurn(call)
        turn.waited = came.elapsedNow()
        return turn
    }

    private suspend fun enterAlone(call: Call<*>): Turn? = gate.enter(tokensOf(call.request), call.timeLeft)?.let { Turn(it, null) }

    private suspend fun enterWith(sharing: Sharing, call: Call<*>): Turn? {
        var turn: SharedTurn? = null
        return try {
            val pass = gate.enter(tokensOf(call.request), call.timeLeft) { tokens ->
                sharing.ask(call, way, limit, tokens).also { turn = it }
            }
            if (pass == null) giveBack(sharing, turn)
            pass?.let { Turn(it, turn) }
        } catch (e: Throwable) {
            giveBack(sharing, turn)
            throw e
        }
    }

    private fun giveBack(sharing: Sharing, turn: SharedTurn?) {
        if (turn?.isGranted == true) sharing.settle(way, turn, 0)
    }

    /** Estimated first, and corrected by the usage when that is known. */
    private fun tokensOf(request: Request): Long =
        if (limit.tokensPerMinute == null) usualTotal else counter.inputOf(request) + request.likelyOutput(usualOutput)

    private fun noTurn(call: Call<*>) = NoTurnException(
        "$call: not sent, since it would have to wait longer for its turn ($limit, ${gate.waiting} calls before it) than the " +
            "${call.timeLeft?.inWholeMilliseconds?.milliseconds} that are left of its timeout",
        ErrorDetails.builder().provider(call.target.name).build(),
    )

    fun heard(limits: RateLimits) {
        if (obeys) gate.heard(limits)
    }

    /** [error] is what the provider said to [turn]. True when it refused it. */
    fun failed(turn: Turn, error: AiException): Boolean {
        error.rateLimits?.let(::heard)
        if (error !is RateLimitedException && error !is OverloadedException) return false
        if (obeys) turn.pass.refused(error.retryAfter)?.let { sharing?.coolDown(way, it) }
        return true
    }

    /** [usage] null where it is not known to be all. */
    fun end(turn: Turn, usage: Usage?, wasRefused: Boolean) {
        val total = usage?.totalTokens?.takeIf { it > 0 }
        if (total != null) {
            usualTotal += (total - usualTotal) / LEARNING
            if (usage.outputTokens > 0) usualOutput += (usage.outputTokens - usualOutput) / LEARNING
            turn.shared?.let { sharing?.settle(way, it, total) }
        }
        turn.pass.end(total, wasRefused)
    }

    /** Of a call that may go, in this process and among others. */
    class Turn(val pass: Gate.Pass, val shared: SharedTurn?) {
        var waited: Duration = Duration.ZERO
    }

    private companion object {
        const val LEARNING = 8
    }
}
