package dev.tandem.locallab

import dev.tandem.model.frozen

/** A graphics card of the server's. */
public class LocalLabGpu internal constructor(
    /** As the server counts, from 0. */
    public val index: Int,
    /** The model of the card, as its driver names it. */
    public val name: String,
    /** All that the card has, used or not, in megabytes. */
    public val totalMemoryMb: Long,
    fields: Map<String, String>,
) {
    /** All that the server tells of it, in its words, such as `temperature` and `gpu_utilization`. */
    public val fields: Map<String, String> = fields.frozen()

    override fun toString(): String = "LocalLabGpu($index, $name, $totalMemoryMb MB)"
}
