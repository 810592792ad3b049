package dev.tandem.workflow

import dev.tandem.resilience.RetryPolicy
import java.util.function.Consumer

/** What nodes have besides that do work of their own, and may try it again. Those that wait, or have other nodes work, leave that to them. */
public abstract class WorkNodeBuilder<B : WorkNodeBuilder<B>> internal constructor(name: String) : NodeBuilder<B>(name) {
    /** How often the node is tried; what the executor says unless set. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var retry: RetryPolicy? = null

    /** How often the node is tried. */
    public fun retry(policy: RetryPolicy?): B = set { retry = policy }

    /** The same for Java: `retry(r -> r.maxAttempts(4))`. */
    public fun retry(build: Consumer<RetryPolicy.Builder>): B = retry(RetryPolicy.builder().also(build::accept).build())
}
