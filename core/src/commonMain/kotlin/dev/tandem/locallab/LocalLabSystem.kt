package dev.tandem.locallab

import dev.tandem.model.frozen

/** The machine that the server runs on, at the moment of the question. */
public class LocalLabSystem internal constructor(
    /** In percent. */
    public val cpuUsage: Double,
    /** In percent. */
    public val memoryUsage: Double,
    gpus: List<LocalLabGpu>,
    /** The id of the model that is loaded, or null. */
    public val activeModel: String?,
    /** Since the server was started. */
    public val uptimeSeconds: Double,
    /** How many requests it has had. */
    public val requestCount: Long,
) {
    /** Empty where there are none. */
    public val gpus: List<LocalLabGpu> = gpus.frozen()

    override fun toString(): String =
        "LocalLabSystem(CPU $cpuUsage %, memory $memoryUsage %, $gpus, model $activeModel, up $uptimeSeconds s, $requestCount requests)"
}
