package dev.tandem.testing.script

import dev.tandem.error.AiException
import dev.tandem.model.FinishReason
import dev.tandem.model.Usage
import java.util.concurrent.CompletionStage
import java.util.function.Supplier
import kotlin.time.Duration
import kotlin.time.toKotlinDuration

/** One answer of a [ScriptedModel], piece by piece. Immutable; each method gives a new one, so one may be said many times. */
public class ScriptedReply private constructor(
    internal val steps: List<Step>,
    internal val usage: Usage?,
    internal val finish: FinishReason,
    /** Between any two pieces. */
    internal val pace: Duration,
) {
    internal sealed interface Step

    internal class Text(val piece: String) : Step

    internal class Reasoning(val piece: String) : Step

    internal class Call(val tool: String, val arguments: String) : Step

    internal class Pause(val time: Duration) : Step

    internal class Until(val gate: CompletionStage<*>) : Step

    internal class Failure(val failure: Supplier<out AiException>) : Step

    /** The stream ends, and its end marker is missing. */
    internal object Break : Step

    /** Nothing more comes until the caller has enough. */
    internal object Silence : Step

    /** Says nothing for so long at first. */
    @JvmSynthetic
    public fun after(pause: Duration): ScriptedReply = with(listOf(Pause(checkedPause(pause))) + steps)

    /** Says nothing for so long at first. */
    public fun after(pause: java.time.Duration): ScriptedReply = after(pause.toKotlinDuration())

    /** Says nothing at first until [gate] is done: for tests that want to look at something while a call is under way. */
    public fun after(gate: CompletionStage<*>): ScriptedReply = with(listOf(Until(gate)) + steps)

    /** Takes so long for each piece but the first. */
    @JvmSynthetic
    public fun every(pause: Duration): ScriptedReply = ScriptedReply(steps, usage, finish, checkedPause(pause))

    /** Takes so long for each piece but the first. */
    public fun every(pause: java.time.Duration): ScriptedReply = every(pause.toKotlinDuration())

    /** Thinks before it speaks. */
    public fun thinking(reasoning: String): ScriptedReply = with(listOf(Reasoning(reasoning)) + steps)

    /** Goes on with this text, in one piece. */
    public fun thenText(piece: String): ScriptedReply = with(steps + Text(piece))

    /** Asks for a tool as well; [arguments] are JSON, or not where a test wants to see what becomes of that. */
    public fun thenToolCall(tool: String, arguments: String): ScriptedReply = with(steps + Call(tool, arguments))

    /** Says no more until [gate] is done. */
    public fun thenAwait(gate: CompletionStage<*>): ScriptedReply = with(steps + Until(gate))

    /** Fails after what was said so far. */
    public fun thenFail(failure: Supplier<out AiException>): ScriptedReply = with(steps + Failure(failure))

    /** Breaks off without an end marker after what was said so far, as a lost connection does. */
    public fun thenBreak(): ScriptedReply = with(steps + Break)

    /** Says nothing more after what was said so far, and does not end either. */
    public fun thenSilence(): ScriptedReply = with(steps + Silence)

    /** What it has used. Unless set, as many tokens as are estimated from the texts. */
    public fun usage(inputTokens: Long, outputTokens: Long): ScriptedReply =
        ScriptedReply(steps, Usage.of(inputTokens, outputTokens), finish, pace)

    /** Why it stops; for the natural reason unless set. */
    public fun finish(reason: FinishReason): ScriptedReply = ScriptedReply(steps, usage, reason, pace)

    private fun with(steps: List<Step>) = ScriptedReply(steps, usage, finish, pace)

    /** How a reply begins. */
    public companion object {
        private val WORDS = Regex("""\s*\S+\s*$|\s*\S+""")

        /** A whole answer, in a stream word by word. */
        @JvmStatic
        public fun text(text: String): ScriptedReply {
            val words = WORDS.findAll(text).mapTo(mutableListOf()) { it.value }
            return of(if (words.isEmpty()) listOf(Text(text)) else words.map(::Text))
        }

        /** A whole answer, in a stream in these pieces. */
        @JvmStatic
        public fun pieces(vararg pieces: String): ScriptedReply = of(pieces.map(::Text))

        /** The model asks for a tool; [arguments] are JSON, or not where a test wants to see what becomes of that. */
        @JvmStatic
        public fun toolCall(tool: String, arguments: String): ScriptedReply = of(listOf(Call(tool, arguments)))

        /** No answer but a failure; [Faults] has those that happen. Made anew for each call, for an exception remembers its own. */
        @JvmStatic
        public fun failure(failure: Supplier<out AiException>): ScriptedReply = of(listOf(Failure(failure)))

        /** Never says anything, and does not end either. */
        @JvmStatic
        public fun silence(): ScriptedReply = of(listOf(Silence))

        private fun of(steps: List<Step>) = ScriptedReply(steps, null, FinishReason.STOP, Duration.ZERO)
    }
}

internal fun checkedPause(pause: Duration): Duration {
    require(!pause.isNegative()) { "a pause must not be negative, but is $pause" }
    return pause
}
