package dev.tandem.workflow

import java.time.Duration

/**
 * Waits. Its output is what came before it: of one node its output, of several as of a [JoinNode]. Goes on where it was after a restart.
 *
 * @property millis how long it waits, at least.
 */
public class DelayNode private constructor(from: Builder, public val millis: Long) : Node(from) {
    override val kind: String get() = "delay"
    override val templates: Map<String, String> get() = emptyMap()

    init {
        require(millis >= 0) { "delay '$name' must not be negative, but is $millis ms" }
    }

    /** What it comes after. */
    public class Builder internal constructor(name: String) : NodeBuilder<Builder>(name) {
        /** Waits for [millis], from 0. */
        public fun build(millis: Long): DelayNode = DelayNode(this, millis)

        /** The same for Java: `build(Duration.ofMinutes(1))`. */
        public fun build(time: Duration): DelayNode = build(time.toMillis())
    }

    public companion object {
        /** Begins behind no node. */
        @JvmStatic
        public fun builder(name: String): Builder = Builder(name)

        /** Waits for [millis], from 0. */
        @JvmStatic
        public fun of(name: String, millis: Long): DelayNode = builder(name).build(millis)

        /** The same for Java: `of("pause", Duration.ofMinutes(1))`. */
        @JvmStatic
        public fun of(name: String, time: Duration): DelayNode = builder(name).build(time)
    }
}
