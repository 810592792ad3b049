package dev.tandem.pipeline

import dev.tandem.error.AiException
import dev.tandem.error.kindOf
import dev.tandem.error.plain
import dev.tandem.model.ToolCall
import dev.tandem.model.Usage
import kotlin.jvm.JvmSynthetic
import kotlin.time.Duration

/** What happens to a call on its way. There will be more kinds: whoever looks at the kind has an `else`. */
public sealed class CallEvent {
    /** The name of the kind, and what it is about. Holds no prompt and no secret, so of an error its kind only. */
    abstract override fun toString(): String

    /** The caller has asked; nothing has been looked at yet. */
    public object Started : CallEvent() {
        override fun toString(): String = "Started"
    }

    /** The answer was there already, or came by somebody else's call: nothing is sent for this one. */
    public object CacheHit : CallEvent() {
        override fun toString(): String = "CacheHit"
    }

    /**
     * The cache could not do its work, so the call goes on without it.
     *
     * @property error what the store or the embedder has thrown.
     */
    public class CacheFailed(public val error: Throwable) : CallEvent() {
        override fun toString(): String = "CacheFailed(${kindOf(error)})"
    }

    /**
     * The limits shared with other processes could not be asked, so this client goes by its own.
     *
     * @property error what was thrown instead of their answer.
     */
    public class LimitsNotShared(public val error: Throwable) : CallEvent() {
        override fun toString(): String = "LimitsNotShared(${kindOf(error)})"
    }

    /** The call had to wait for its turn, for so long, and goes now. */
    public class Waited(
        /** In line for a permit, a limit or an end of silence. */
        @get:JvmSynthetic public val time: Duration,
    ) : CallEvent() {
        /** [time] in milliseconds. */
        public val millis: Long get() = time.inWholeMilliseconds

        override fun toString(): String = "Waited($time)"
    }

    /** A request goes out: one for each attempt, each hedge and each target. The call told with it says which. */
    public object Sent : CallEvent() {
        override fun toString(): String = "Sent"
    }

    /** What became of a request that was [Sent]: [error] null where it was answered, a cancellation where it was given up. */
    public class Returned internal constructor(
        /** From the moment it was [Sent]. */
        @get:JvmSynthetic public val took: Duration,
        /** Of this one request; zero where nothing is known of it. */
        public val usage: Usage,
        /** Null where it was answered, a cancellation where it was given up. */
        public val error: Throwable?,
        /** Of this one request what [Completed.answer] is of the whole call; null where it was not answered. Not in [toString]. */
        public val answer: Any?,
    ) : CallEvent() {
        /** Without its answer. */
        public constructor(took: Duration, usage: Usage, error: Throwable?) : this(took, usage, error, null)

        /** [took] in milliseconds. */
        public val tookMillis: Long get() = took.inWholeMilliseconds

        override fun toString(): String = "Returned(after $took, ${error?.let(::kindOf) ?: usage})"
    }

    /** The first item has come: of a stream its first event, of a plain call its answer. */
    public class FirstItem(
        /** Since the call [Started]. */
        @get:JvmSynthetic public val after: Duration,
    ) : CallEvent() {
        /** [after] in milliseconds. */
        public val afterMillis: Long get() = after.inWholeMilliseconds

        override fun toString(): String = "FirstItem(after $after)"
    }

    /** An attempt has failed, and another one comes after a pause. */
    public class Retrying(
        /** Until the next attempt. */
        @get:JvmSynthetic public val pause: Duration,
        /** What the attempt failed of. */
        public val error: Throwable,
    ) : CallEvent() {
        /** [pause] in milliseconds. */
        public val pauseMillis: Long get() = pause.inWholeMilliseconds

        override fun toString(): String = "Retrying(after $pause, ${kindOf(error)})"
    }

    /** The answer takes long, so the same is asked once more beside it; whoever answers first wins. */
    public object Hedged : CallEvent() {
        override fun toString(): String = "Hedged"
    }

    /**
     * One target has failed, and another one is asked.
     *
     * @property from the name of the one that has failed.
     * @property to the name of the one that is asked now.
     * @property error what the first one failed of.
     */
    public class FellBack(public val from: String, public val to: String, public val error: AiException) : CallEvent() {
        override fun toString(): String = "FellBack(from $from to $to, ${kindOf(error)})"
    }

    /**
     * A target that kept failing is left alone from now on, or is tried again, or is well again.
     *
     * @property target its name.
     * @property state what holds from now on.
     */
    public class CircuitChanged(public val target: String, public val state: CircuitState) : CallEvent() {
        override fun toString(): String = "CircuitChanged($target: $state)"
    }

    /** A tool that the client runs itself begins. */
    public class ToolStarted internal constructor(
        /** Its name. */
        public val tool: String,
        /** What the model asks of it; null where it is not told. Not in [toString]. */
        public val call: ToolCall?,
    ) : CallEvent() {
        /** Without what the model asks of it. */
        public constructor(tool: String) : this(tool, null)

        override fun toString(): String = "ToolStarted(${plain(tool)})"
    }

    /**
     * What became of a tool: [error] null where it has a result, or what it has thrown, a CancellationException where it was given up,
     * or else a [dev.tandem.error.ToolFailedException]. A tool that was not to be run has finished without having started.
     */
    public class ToolFinished internal constructor(
        /** Its name. */
        public val tool: String,
        /** From its start to its end; nothing where it was not run. */
        @get:JvmSynthetic public val took: Duration,
        /** Null where it has a result. */
        public val error: Throwable?,
        /** The same as of [ToolStarted]. */
        public val call: ToolCall?,
        /** What the model gets to read, of its failure too; null where it is not told. Not in [toString]. */
        public val result: String?,
        /** After how many answers that asked for tools, this one's among them; 0 where it is not told. */
        public val round: Int,
    ) : CallEvent() {
        /** Without what was asked, what came of it, and when. */
        public constructor(tool: String, took: Duration, error: Throwable?) : this(tool, took, error, null, null, 0)

        /** [took] in milliseconds. */
        public val tookMillis: Long get() = took.inWholeMilliseconds

        override fun toString(): String = "ToolFinished(${plain(tool)} after $took, ${error?.let(::kindOf) ?: "well"})"
    }

    /** The call has its whole answer. */
    public class Completed internal constructor(
        /** Since the call [Started]. */
        @get:JvmSynthetic public val took: Duration,
        /** What the answer has used; zero where a cache had it. */
        public val usage: Usage,
        /** The ChatResponse of a chat or of a stream, or the one item of what else asks a model; null of all others. Not in [toString]. */
        public val answer: Any?,
        private val cost: () -> Double?,
    ) : CallEvent() {
        /** Without what it has cost. */
        public constructor(took: Duration, usage: Usage, answer: Any?) : this(took, usage, answer, { null })

        /** Without its answer, and what it has cost. */
        public constructor(took: Duration, usage: Usage) : this(took, usage, null)

        /** [took] in milliseconds. */
        public val tookMillis: Long get() = took.inWholeMilliseconds

        /** What all requests for it have cost so far, those that failed included, in US dollars; null where a price is not known. */
        public val usd: Double? get() = cost()

        override fun toString(): String = "Completed(in $took, $usage)"
    }

    /** The call has come to nothing: all that was tried has failed. */
    public class Failed(
        /** Since the call [Started]. */
        @get:JvmSynthetic public val took: Duration,
        /** What the caller gets. */
        public val error: Throwable,
    ) : CallEvent() {
        /** [took] in milliseconds. */
        public val tookMillis: Long get() = took.inWholeMilliseconds

        override fun toString(): String = "Failed(in $took, ${kindOf(error)})"
    }

    /** The caller has given up. */
    public class Cancelled(
        /** Since the call [Started]. */
        @get:JvmSynthetic public val took: Duration,
    ) : CallEvent() {
        /** [took] in milliseconds. */
        public val tookMillis: Long get() = took.inWholeMilliseconds

        override fun toString(): String = "Cancelled(after $took)"
    }
}
