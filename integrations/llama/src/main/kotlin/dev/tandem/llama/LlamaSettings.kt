package dev.tandem.llama

/** How a model is loaded. Null leaves the choice to the model's size. */
internal data class LlamaSettings(val contextSize: Int? = null, val threads: Int? = null, val parallel: Int = 1, val gpuLayers: Int = 0) {
    companion object {
        val CONTEXT = 32..1_048_576
        val THREADS = 1..512
        val PARALLEL = 1..64
        val GPU_LAYERS = 0..10_000
    }
}
