package dev.tandem.provider.replicate

/** Where a prediction of a model is made, and the [version] that must be named in it, if any. */
internal class ModelPath private constructor(val path: String, val version: String?) {
    companion object {
        private val VERSION = Regex("(?:[\\w.-]+/[\\w.-]+:)?([0-9a-f]{64})")
        private val MODEL = Regex("[\\w.-]+/[\\w.-]+")
        private val DEPLOYMENT = Regex("deployments/[\\w.-]+/[\\w.-]+")

        fun of(model: String): ModelPath {
            val version = VERSION.matchEntire(model)?.groupValues?.get(1)
            require(version != null || MODEL.matches(model) || DEPLOYMENT.matches(model)) {
                "model must look like owner/name, owner/name:version or deployments/owner/name, but is '$model'"
            }
            return when {
                version != null -> ModelPath("/predictions", version)
                DEPLOYMENT.matches(model) -> ModelPath("/$model/predictions", null)
                else -> ModelPath("/models/$model/predictions", null)
            }
        }
    }
}
