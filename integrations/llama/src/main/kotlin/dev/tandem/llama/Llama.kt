package dev.tandem.llama

import dev.tandem.pipeline.Target
import dev.tandem.provider.Provider
import dev.tandem.provider.Wire

/**
 * Runs a GGUF file inside this program: no server, no key, no network.
 *
 * The model is loaded at the first call, or by `warmUp`. Clients that run the same file with the same settings share it
 * and its slots; calls that find no free slot wait in the order they came. The native library cannot give memory back,
 * so a loaded model stays for the next client until the program ends.
 *
 * Different models take turns, answer by answer: the native library mixes up what they compute at the same time.
 *
 * The native library also leaves threads behind that would keep the program alive. A daemon thread of this class ends the
 * program by `exit` once nothing but those is left, with status 1 when `main` threw, else 0.
 *
 * JDK 24 and newer warn on the error stream that native code is loaded, unless the program is started with
 * `--enable-native-access=ALL-UNNAMED` or its jar's manifest says `Enable-Native-Access: ALL-UNNAMED`.
 *
 * Tools work with the bundled model only. Images, embeddings and `extra` fields are refused.
 */
public class Llama private constructor(private val weights: Weights, private val settings: LlamaSettings) : Provider {
    /** `llama` */
    override val name: String get() = NAME

    /** The file's name without `.gguf`. */
    public val model: String get() = weights.model

    /** Loads nothing yet: that does the first call, or `warmUp`. */
    override fun connect(wire: Wire): Target = LlamaTarget(weights, settings)

    override fun toString(): String = "Llama($model)"

    /** Without [file] it is the bundled model. */
    public class Builder internal constructor() {
        private var weights: Weights = BundledWeights
        private var settings = LlamaSettings()

        /** Any GGUF file; it is looked at in [build] and loaded later. */
        public fun file(path: String): Builder = apply { weights = FileWeights(path) }

        /** Tokens of prompt and answer together, for each slot; without it as many as the model was trained for, up to 4096. */
        public fun contextSize(tokens: Int): Builder = set(tokens, LlamaSettings.CONTEXT, "contextSize") { copy(contextSize = tokens) }

        /** Threads that compute; 1 for the bundled model, half of the processors for others. More than there are cores is slow. */
        public fun threads(count: Int): Builder = set(count, LlamaSettings.THREADS, "threads") { copy(threads = count) }

        /**
         * Calls that run at the same time, each with a context of its own; 1 at first. More slots share the same
         * processors: they shorten the wait for the first token, not the work.
         */
        public fun parallel(slots: Int): Builder = set(slots, LlamaSettings.PARALLEL, "parallel") { copy(parallel = slots) }

        /** Layers that go to a GPU, where the native library was built for one; 0 at first. */
        public fun gpuLayers(layers: Int): Builder = set(layers, LlamaSettings.GPU_LAYERS, "gpuLayers") { copy(gpuLayers = layers) }

        /** Throws [IllegalArgumentException] when the file is missing, empty, unreadable or not GGUF. */
        public fun build(): Llama {
            weights.check()
            return Llama(weights, settings)
        }

        private fun set(value: Int, range: IntRange, name: String, change: LlamaSettings.() -> LlamaSettings): Builder {
            require(value in range) { "$name must be from ${range.first} to ${range.last}, but is $value" }
            return apply { settings = settings.change() }
        }
    }

    public companion object {
        /** Begins with the bundled model. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** Any GGUF file. Throws [IllegalArgumentException] when it is missing, empty, unreadable or not GGUF. */
        @JvmStatic
        public fun of(path: String): Llama = Builder().file(path).build()

        /**
         * Pebble, the tiny model inside this jar, made for demos and tests: a real model where there is no key and no network.
         *
         * It has 1.6 million parameters and knows English sentences of a few kinds. It greets, tells about twenty facts on
         * topics of this library, repeats words, extracts `{"name","age","city"}` from a sentence, tells positive from
         * negative, and asks for one tool, `get_weather(city)`. **Everything else it answers confidently and wrongly.** Its
         * context is 512 tokens, and a token is one byte. System messages are left out: it cannot follow one.
         */
        @JvmStatic
        public fun bundled(): Llama = Builder().build()
    }
}
