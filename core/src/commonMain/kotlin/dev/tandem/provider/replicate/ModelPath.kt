package dev.tandem.provider.replicate

/** Where a prediction of a model is made, and the [version] that must be named in it, if any. */
internal class ModelPath private constructor(val path: String, val version: String?) {
    companion object {
        /** Begins with a letter or a digit, so that it cannot climb out of its path. */
        private const val PART = "[A-Za-z0-9][\\w.-]*"
        private val VERSION = Regex("(?:$PART/$PART:)?([0-9a-f]{64})")
        private val MODEL = Regex("$PART/$PART")
        private val DEPLOYMENT = Regex("deployments/$PART/$PART")

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
