package dev.tandem.workflow

import dev.tandem.model.TandemDsl
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import java.time.Duration as JavaDuration

/** What all nodes have. */
@TandemDsl
public abstract class NodeBuilder<B : NodeBuilder<B>> internal constructor(internal val name: String) {
    internal val after = ArrayList<String>()
    internal var timeoutMillis: Long? = null

    init {
        require(name.isNotBlank()) { "a node's name must not be blank, but is '$name'" }
        require(name == name.trim() && "}}" !in name && '\n' !in name) {
            "a node's name must have no space around it, no line break and no }} in it, but is '$name'"
        }
    }

    /** Another name to connect it by. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var id: String? = null

    /** Under which the output is among the variables of the result; the name unless set. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var outputName: String? = null

    /** How long one attempt may take; what the executor says unless set. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var timeout: Duration?
        get() = timeoutMillis?.milliseconds
        set(value) {
            timeoutMillis(value?.inWholeMilliseconds)
        }

    /** What becomes of the run when the node has failed for good; the run fails unless set. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var onFailure: FailurePolicy = FailurePolicy.FAIL_RUN

    /** Another name to connect it by. */
    public fun id(id: String?): B = set { this.id = id }

    /** Under which the output is among the variables of the result. */
    public fun outputName(name: String?): B = set { outputName = name }

    /** How long one attempt may take. */
    public fun timeoutMillis(millis: Long?): B = set {
        require(millis == null || millis >= 1) { "the timeout of '$name' must be at least 1 ms, but is $millis" }
        timeoutMillis = millis
    }

    /** The same: `timeoutMillis(60_000)`. */
    public fun timeoutMillis(millis: Long): B = timeoutMillis(millis as Long?)

    /** The same for Java: `timeout(Duration.ofMinutes(1))`. */
    public fun timeout(limit: JavaDuration?): B = timeoutMillis(limit?.toMillis())

    /** What becomes of the run when the node has failed for good. */
    public fun onFailure(policy: FailurePolicy): B = set { onFailure = policy }

    /** It starts when [nodes] are over, by names or ids. The same as to connect each of them to it. */
    public fun after(vararg nodes: String): B = set { after += nodes }

    @Suppress("UNCHECKED_CAST")
    internal inline fun set(change: () -> Unit): B {
        change()
        return this as B
    }
}
