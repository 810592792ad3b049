package dev.tandem.llama

import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path

/** What a GGUF file says about itself. */
internal class GgufHeader private constructor(private val values: Map<String, Any>) {
    val name: String? get() = values["general.name"] as? String

    /** Tokens the model was trained to oversee, or null when it does not say. */
    val contextLength: Int? get() = (values["${values["general.architecture"]}.context_length"] as? Long)?.toInt()

    val hasChatTemplate: Boolean get() = "tokenizer.chat_template" in values

    /** Tokens that steer the model and must never come out of a message's text. */
    val controlTokens: List<String>
        get() {
            val types = values["tokenizer.ggml.token_type"] as? List<*> ?: return emptyList()
            val tokens = values["tokenizer.ggml.tokens"] as? List<*> ?: return emptyList()
            return tokens.zip(types).mapNotNull { (token, type) -> (token as? String)?.takeIf { type == CONTROL && it.length > 1 } }
        }

    companion object {
        private const val CONTROL = 3L
        private const val MAGIC_BYTES = 4L
        private const val U32 = 4L
        private const val I32 = 5L
        private const val STRING = 8L
        private const val ARRAY = 9L
        private val SIZES = mapOf(0L to 1, 1L to 1, 2L to 2, 3L to 2, 4L to 4, 5L to 4, 6L to 4, 7L to 1, 10L to 8, 11L to 8, 12L to 8)

        /** Blocks. Throws [IOException] with a reason that follows on "cannot be loaded: ". */
        fun read(path: Path): GgufHeader = Files.newInputStream(path).buffered().use { input ->
            val reader = GgufReader(input, Files.size(path))
            reader.skip(MAGIC_BYTES)
            val version = reader.u32()
            if (version !in 2..3) throw IOException("its GGUF version is $version, and only 2 and 3 are known")
            val tensors = reader.count()
            val values = reader.count()
            val known = mutableMapOf<String, Any>()
            for (i in 0 until values) {
                val key = reader.string()
                value(reader, reader.u32())?.let { known[key] = it }
            }
            for (i in 0 until tensors) skipTensor(reader)
            GgufHeader(known)
        }

        /** Null for values of no interest. */
        private fun value(reader: GgufReader, type: Long): Any? = when (type) {
            STRING -> {
                reader.string()
            }

            ARRAY -> {
                array(reader)
            }

            U32, I32 -> {
                reader.u32()
            }

            else -> {
                reader.skip(sizeOf(type))
                null
            }
        }

        private fun array(reader: GgufReader): List<Any?>? {
            val type = reader.u32()
            val count = reader.count()
            if (type == STRING || type == ARRAY || type == I32) return buildList { for (i in 0 until count) add(value(reader, type)) }
            reader.skip(Math.multiplyExact(sizeOf(type), count))
            return null
        }

        /** Only to know that it is there; whether its numbers are is checked natively. */
        private fun skipTensor(reader: GgufReader) {
            reader.string()
            reader.skip(reader.u32() * Long.SIZE_BYTES)
            reader.skip((Int.SIZE_BYTES + Long.SIZE_BYTES).toLong())
        }

        private fun sizeOf(type: Long): Long =
            SIZES[type]?.toLong() ?: throw IOException("its header holds a value of the unknown type $type")
    }
}
