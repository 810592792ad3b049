package dev.tandem.workflow

import java.time.Duration

/** Waits. Its output is what came before it: of one node its output, of several as of a [JoinNode]. Goes on where it was after a restart. */
public class DelayNode private constructor(from: Builder, public val millis: Long) : Node(from) {
    override val kind: String get() = "delay"
    override val templates: Map<String, String> get() = emptyMap()

    init {
        require(millis >= 0) { "delay '$name' must not be negative, but is $millis ms" }
    }

    /** What it comes after. */
    public class Builder internal constructor(name: String) : NodeBuilder<Builder>(name) {
        public fun build(millis: Long): DelayNode = DelayNode(this, millis)

        public fun build(time: Duration): DelayNode = build(time.toMillis())
    }

    public companion object {
        @JvmStatic
        public fun builder(name: String): Builder = Builder(name)

        @JvmStatic
        public fun of(name: String, millis: Long): DelayNode = builder(name).build(millis)

        @JvmStatic
        public fun of(name: String, time: Duration): DelayNode = builder(name).build(time)
    }
}
