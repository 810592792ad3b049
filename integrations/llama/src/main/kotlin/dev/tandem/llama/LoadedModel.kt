package dev.tandem.llama

import de.kherud.llama.InferenceParameters
import de.kherud.llama.LlamaIterator
import de.kherud.llama.LlamaModel
import de.kherud.llama.ModelParameters
import kotlinx.coroutines.sync.Semaphore
import java.nio.file.Path

/** A model in memory. The only place that speaks to the native library, which crashes the process when it is misused. */
internal class LoadedModel private constructor(
    private val native: LlamaModel,
    val header: GgufHeader,
    val contextSize: Int,
    parallel: Int,
) {
    /** Fair: whoever came first is served first. */
    val slots = Semaphore(parallel)

    @Volatile private var mayCompute = false

    val template: Template = when {
        header.name == PebbleTemplate.MODEL && !header.hasChatTemplate -> PebbleTemplate(
            Markers(header.controlTokens + PebbleTemplate.TOOL),
        )

        else -> FileTemplate(Markers(header.controlTokens), if (header.hasChatTemplate) native::applyTemplate else null)
    }

    fun tokens(text: String): IntArray = native.encode(text)

    /** Blocks at each step. Must be read to its end or cancelled, both by the same thread. */
    fun generate(parameters: InferenceParameters): LlamaIterator = native.generate(parameters).iterator()

    /** Returns before the native thread has noticed, which may be computing one more token. */
    fun cancel(tokens: LlamaIterator) {
        mayCompute = true
        tokens.cancel()
    }

    /** Blocks while another model computes. */
    fun inTurn(compute: () -> Unit): Unit = turns.take(this, ::settle, compute)

    /** The native thread does one thing after the other: with this answer all before it are done. */
    private fun settle() {
        if (mayCompute) native.complete(nothing())
        mayCompute = false
    }

    companion object {
        private val turns = Turns()

        private const val LARGEST_DEFAULT_CONTEXT = 4096

        /** Blocks, for seconds with a large file. */
        fun load(path: Path, settings: LlamaSettings): LoadedModel {
            val header = GgufHeader.read(path)
            val trained = header.contextLength ?: LARGEST_DEFAULT_CONTEXT
            val contextSize = settings.contextSize ?: minOf(trained, LARGEST_DEFAULT_CONTEXT)
            val native = turns.take(Any(), {}) { LoopThreads.watch { LlamaModel(parameters(path, settings, contextSize)).also(::start) } }
            return LoadedModel(native, header, contextSize, settings.parallel)
        }

        /** Waits for a token: by then the native thread that makes them is known to the JVM. */
        private fun start(native: LlamaModel) {
            check(isReady(native)) { "the native library refused its settings: is an environment variable LLAMA_ARG_… set?" }
            native.complete(nothing())
        }

        private fun nothing() = InferenceParameters(" ").setNPredict(1)

        private fun parameters(path: Path, settings: LlamaSettings, contextSize: Int): ModelParameters {
            val threads = checkNotNull(settings.threads)
            val parameters = ModelParameters()
                .setModel(path.toString())
                .setCtxSize(Math.multiplyExact(contextSize, settings.parallel))
                .setParallel(settings.parallel)
                .setThreads(threads)
                .setThreadsBatch(threads)
                .disableContextShift()
                .disableLog()
            // Said even with zero, it makes the library print that it has no GPU.
            return if (settings.gpuLayers > 0) parameters.setGpuLayers(settings.gpuLayers) else parameters
        }

        /** Its constructor returns without a model when it cannot read its settings; the next call would crash the process. */
        private fun isReady(native: LlamaModel): Boolean = runCatching {
            LlamaModel::class.java
                .getDeclaredField("ctx")
                .apply { isAccessible = true }
                .getLong(native) != 0L
        }.getOrDefault(true)
    }
}
