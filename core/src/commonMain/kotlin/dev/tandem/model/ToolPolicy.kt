package dev.tandem.model

import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

/**
 * How the tools of a call are run. The one of a call takes the place of the client's, whose approval stays where the call has none
 * of its own: what has to be approved is not run because of another limit.
 */
public class ToolPolicy private constructor(from: Builder) {
    /** How often the model may ask for tools before it has to have its answer. */
    public val maxRounds: Int = from.maxRounds

    /** How many tools run at the same time. */
    public val concurrency: Int = from.concurrency

    /** How long one run of a tool may take. */
    @get:JvmSynthetic
    public val timeout: Duration = from.timeout

    /** [timeout] in milliseconds. */
    public val timeoutMillis: Long get() = timeout.inWholeMilliseconds

    /** A result that is longer is an error of the tool: no model could read it. */
    public val maxResultChars: Int = from.maxResultChars

    /** Whether a tool that fails fails the call. If not, the model is told what went wrong. */
    public val failsWithTool: Boolean = from.failsWithTool

    @get:JvmSynthetic
    internal val approval: ToolApproval? = from.approval

    /** Whether somebody is asked before a tool is run: code, which no file can be told. */
    public val hasApproval: Boolean get() = approval != null

    /** The same again, to be changed. */
    public fun newBuilder(): Builder = Builder().also {
        it.maxRounds = maxRounds
        it.concurrency = concurrency
        it.timeout = timeout
        it.maxResultChars = maxResultChars
        it.failsWithTool = failsWithTool
        it.approval = approval
    }

    /** Instead of [usual]. */
    @JvmSynthetic
    internal fun over(usual: ToolPolicy?): ToolPolicy =
        if (approval != null || usual?.approval == null) this else newBuilder().approval(usual.approval).build()

    override fun toString(): String = "ToolPolicy(maxRounds=$maxRounds, concurrency=$concurrency, timeout=$timeout, " +
        "maxResultChars=$maxResultChars, failsWithTool=$failsWithTool, approval=${approval != null})"

    /** How the tools of a call are run. A value out of range is refused the moment it is set. */
    @TandemDsl
    public class Builder internal constructor() {
        /** How often the model may ask for tools before it has to have its answer. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var maxRounds: Int = 10
            set(value) {
                require(value >= 1) { "maxRounds must be at least 1, but is $value" }
                field = value
            }

        /** How many tools run at the same time. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var concurrency: Int = 8
            set(value) {
                require(value >= 1) { "concurrency must be at least 1, but is $value" }
                field = value
            }

        /** How long one run of a tool may take. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var timeout: Duration = 60.seconds
            set(value) {
                require(value.isPositive()) { "timeout must be positive, but is $value" }
                field = value
            }

        /** A result that is longer is an error of the tool: no model could read it. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var maxResultChars: Int = 100_000
            set(value) {
                require(value >= 1) { "maxResultChars must be at least 1, but is $value" }
                field = value
            }

        /** Whether a tool that fails fails the call. If not, the model is told what went wrong. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var failsWithTool: Boolean = false

        /** Asked before each run of a tool; null to run all. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var approval: ToolApproval? = null

        /** How often the model may ask for tools before it has to have its answer. */
        public fun maxRounds(rounds: Int): Builder = apply { maxRounds = rounds }

        /** How many tools run at the same time. */
        public fun concurrency(tools: Int): Builder = apply { concurrency = tools }

        /** How long one run of a tool may take. */
        public fun timeoutMillis(millis: Long): Builder = apply { timeout = millis.milliseconds }

        /** A result that is longer is an error of the tool. */
        public fun maxResultChars(chars: Int): Builder = apply { maxResultChars = chars }

        /** Whether a tool that fails fails the call. If not, the model is told what went wrong. */
        public fun failsWithTool(fails: Boolean): Builder = apply { failsWithTool = fails }

        /** Asked before each run of a tool; null to run all. */
        public fun approval(approval: ToolApproval?): Builder = apply { this.approval = approval }

        /** What is set later does not change it. */
        public fun build(): ToolPolicy = ToolPolicy(this)
    }

    public companion object {
        /** 10 rounds, 8 tools at once, a minute for each, results of 100,000 chars; a failure is told to the model. */
        @JvmField public val DEFAULT: ToolPolicy = Builder().build()

        /** Begins with [DEFAULT]. */
        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}
