package dev.tandem.onnx

import dev.tandem.accounting.TokenCounter
import dev.tandem.pipeline.Target
import dev.tandem.provider.Provider
import dev.tandem.provider.Wire

/**
 * Makes vectors of 384 dimensions by all-MiniLM-L6-v2, inside this program: no server, no key, no network. It knows English.
 *
 * The model, with weights of one byte, comes as a dependency; it is loaded at the first call, or by `warmUp`, shared by all clients, and
 * freed when the last of them is closed. Each text is computed by itself, so it has the same vector whatever it is sent with: with weights
 * like these, what stands beside a text in a batch would change it. Vectors have length one.
 *
 * The model reads 256 word pieces, two of which are its own. A longer text is refused, unless [Builder.truncates] is set.
 *
 * JDK 24 and newer warn on the error stream that native code is loaded, unless the program is started with
 * `--enable-native-access=ALL-UNNAMED` or its jar's manifest says `Enable-Native-Access: ALL-UNNAMED`.
 */
public class MiniLm private constructor(private val threads: Int, private val truncates: Boolean) : Provider {
    /** `minilm` */
    override val name: String get() = NAME

    /** Loads nothing yet: that does the first call, or `warmUp`. */
    override fun connect(wire: Wire): Target = MiniLmTarget(threads, truncates)

    override fun toString(): String = "MiniLm(threads=$threads)"

    /** How many texts are computed at once, and what becomes of long ones. */
    public class Builder internal constructor() {
        private var threads = (Runtime.getRuntime().availableProcessors() / 2).coerceAtLeast(1)
        private var truncates = false

        /** How many texts are computed at the same time, each by one thread; half of the processors unless set. */
        public fun threads(count: Int): Builder = apply {
            require(count in 1..MOST_THREADS) { "threads must be from 1 to $MOST_THREADS, but is $count" }
            threads = count
        }

        /** Whether of a text that is too long only the beginning counts, as the model's authors have it. Nobody is told then. */
        public fun truncates(isWanted: Boolean): Builder = apply { truncates = isWanted }

        /** Loads nothing yet. */
        public fun build(): MiniLm = MiniLm(threads, truncates)
    }

    public companion object {
        internal const val NAME = "minilm"
        private const val MOST_THREADS = 64

        /** How many word pieces of a text the model reads, as [TOKENS] counts them: so much fits into a piece that is cut for it. */
        public const val MAX_TOKENS: Int = 254

        /** Counts the word pieces of the model. */
        @JvmField
        public val TOKENS: TokenCounter = TokenCounter { text, model -> Model.pieces.count(text, model) }

        /** Begins with half of the processors, and refuses long texts. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** With half of the processors; long texts are refused. */
        @JvmStatic
        public fun bundled(): MiniLm = Builder().build()
    }
}
