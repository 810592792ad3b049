package dev.tandem.workflow.run

import dev.tandem.model.FinishReason
import dev.tandem.model.Usage

/** One request that a node's work has sent to a model: each attempt of the client is one, and each round of tools. */
public class ModelCall internal constructor(
    /** Who was asked, as messages name it. */
    public val provider: String,
    /** Which answered, or else which was asked for; "" where nobody names one. */
    public val model: String,
    /** Since 1970. */
    public val startedAtMillis: Long,
    /** From the moment it was sent to the end of its answer. */
    public val tookMillis: Long,
    /** Of this one request; zero where nothing is known of it. */
    public val usage: Usage,
    /** Null where it was not answered, or by something else than a chat. */
    public val finishReason: FinishReason?,
    /** By the client, from 1. Attempts of the node are in [NodeRecord.timeline]. */
    public val attempt: Int,
    /** Sent beside another one that took long. */
    public val isHedge: Boolean,
    /** What went wrong, or that it was given up; null where it was answered. */
    public val error: String?,
) {
    override fun toString(): String = "$model in $tookMillis ms${error?.let { ": $it" } ?: ", $usage"}"
}
