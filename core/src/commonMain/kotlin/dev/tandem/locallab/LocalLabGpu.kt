package dev.tandem.locallab

import dev.tandem.model.frozen

/** A graphics card of the server's. */
public class LocalLabGpu internal constructor(
    public val index: Int,
    public val name: String,
    public val totalMemoryMb: Long,
    /** All that the server tells of it, in its words, such as `temperature` and `gpu_utilization`. */
    fields: Map<String, String>,
) {
    public val fields: Map<String, String> = fields.frozen()

    override fun toString(): String = "LocalLabGpu($index, $name, $totalMemoryMb MB)"
}
