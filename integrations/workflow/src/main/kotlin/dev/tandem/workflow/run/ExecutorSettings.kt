package dev.tandem.workflow.run

import dev.tandem.model.TandemDsl
import dev.tandem.resilience.RetryPolicy
import java.util.function.Consumer
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import java.time.Duration as JavaDuration

/** How an executor runs workflows. */
public class ExecutorSettings private constructor(from: Builder) {
    private val ownConcurrency = from.concurrency
    private val ownEventBuffer = from.eventBuffer
    private val ownRecordsInputs = from.recordsInputs

    /** What was set besides it counts more. */
    public val mode: ExecutorMode = from.mode

    /** How many nodes, and items of maps, are at work at the same time in one run. What waits does not count. */
    public val concurrency: Int = ownConcurrency ?: mode.concurrency

    /** Of nodes that have none of their own. */
    public val retry: RetryPolicy = from.retry

    /** For each attempt of nodes that have none of their own; null for none. */
    public val nodeTimeoutMillis: Long? = from.nodeTimeoutMillis

    /** For a whole run, and for each process that goes on with it; in all where a server keeps its steps. Null for none. */
    public val runTimeoutMillis: Long? = from.runTimeoutMillis

    /** How many events wait for a reader before the run waits for it, or leaves out tokens. */
    public val eventBuffer: Int = ownEventBuffer ?: mode.eventBuffer

    /** Whether records tell what nodes were given, and what tools were asked and gave. */
    public val recordsInputs: Boolean = ownRecordsInputs ?: mode.recordsInputs

    /** Whether runs are counted. */
    public val countsRuns: Boolean = from.countsRuns

    /** The same again, to be changed. */
    public fun newBuilder(): Builder = Builder().also {
        it.mode = mode
        it.concurrency = ownConcurrency
        it.retry = retry
        it.nodeTimeoutMillis = nodeTimeoutMillis
        it.runTimeoutMillis = runTimeoutMillis
        it.eventBuffer = ownEventBuffer
        it.recordsInputs = ownRecordsInputs
        it.countsRuns = countsRuns
    }

    override fun toString(): String = "ExecutorSettings($mode, $concurrency at once, $retry, node timeout ${told(nodeTimeoutMillis)}, " +
        "run timeout ${told(runTimeoutMillis)})"

    private fun told(millis: Long?) = millis?.milliseconds?.toString() ?: "none"

    /** Collects them. A value out of range is refused the moment it is set. */
    @TandemDsl
    public class Builder internal constructor() {
        internal var nodeTimeoutMillis: Long? = null
        internal var runTimeoutMillis: Long? = null
        internal var eventBuffer: Int? = null
        internal var recordsInputs: Boolean? = null
        internal var countsRuns = true

        /** What is set besides it counts more. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var mode: ExecutorMode = ExecutorMode.BALANCED

        /** How many nodes, and items of maps, are at work at the same time in one run; what the mode says unless set. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var concurrency: Int? = null
            set(value) {
                require(value == null || value >= 1) { "concurrency must be at least 1, but is $value" }
                field = value
            }

        /** Of nodes that have none of their own; one attempt unless set, since clients try each call again by themselves. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var retry: RetryPolicy = RetryPolicy.NONE

        /** For each attempt of nodes that have none of their own. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var nodeTimeout: Duration?
            get() = nodeTimeoutMillis?.milliseconds
            set(value) {
                nodeTimeoutMillis(value?.inWholeMilliseconds)
            }

        /** For a whole run. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var runTimeout: Duration?
            get() = runTimeoutMillis?.milliseconds
            set(value) {
                runTimeoutMillis(value?.inWholeMilliseconds)
            }

        /** What is set besides it counts more. */
        public fun mode(mode: ExecutorMode): Builder = apply { this.mode = mode }

        /** How many nodes, and items of maps, are at work at the same time in one run. */
        public fun concurrency(nodes: Int?): Builder = apply { concurrency = nodes }

        /** Of nodes that have none of their own. */
        public fun retry(policy: RetryPolicy): Builder = apply { retry = policy }

        /** The same for Java: `retry(r -> r.maxAttempts(4))`. */
        public fun retry(build: Consumer<RetryPolicy.Builder>): Builder = retry(RetryPolicy.builder().also(build::accept).build())

        /** For each attempt of nodes that have none of their own. */
        public fun nodeTimeoutMillis(millis: Long?): Builder = apply { nodeTimeoutMillis = positive("nodeTimeoutMillis", millis) }

        /** The same: `nodeTimeoutMillis(60_000)`. */
        public fun nodeTimeoutMillis(millis: Long): Builder = nodeTimeoutMillis(millis as Long?)

        /** The same for Java: `nodeTimeout(Duration.ofMinutes(1))`. */
        public fun nodeTimeout(limit: JavaDuration?): Builder = nodeTimeoutMillis(limit?.toMillis())

        /** For a whole run. */
        public fun runTimeoutMillis(millis: Long?): Builder = apply { runTimeoutMillis = positive("runTimeoutMillis", millis) }

        /** The same: `runTimeoutMillis(60_000)`. */
        public fun runTimeoutMillis(millis: Long): Builder = runTimeoutMillis(millis as Long?)

        /** The same for Java: `runTimeout(Duration.ofMinutes(1))`. */
        public fun runTimeout(limit: JavaDuration?): Builder = runTimeoutMillis(limit?.toMillis())

        /** How many events wait for a reader before the run waits for it, or leaves out tokens. */
        public fun eventBuffer(events: Int?): Builder = apply {
            require(events == null || events >= 1) { "eventBuffer must be at least 1, but is $events" }
            eventBuffer = events
        }

        /** Whether records tell what nodes were given, and what tools were asked and gave. */
        public fun recordsInputs(records: Boolean?): Builder = apply { recordsInputs = records }

        /** Whether runs are counted. */
        public fun countsRuns(counts: Boolean): Builder = apply { countsRuns = counts }

        /** What is set later does not change it. */
        public fun build(): ExecutorSettings = ExecutorSettings(this)

        private fun positive(name: String, millis: Long?): Long? {
            require(millis == null || millis >= 1) { "$name must be at least 1, but is $millis" }
            return millis
        }
    }

    public companion object {
        /** 16 nodes at once, one attempt for each, and no timeouts. */
        @JvmField public val DEFAULT: ExecutorSettings = Builder().build()

        /** Begins with [DEFAULT]. */
        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}
