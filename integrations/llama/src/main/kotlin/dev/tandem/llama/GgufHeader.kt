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
        private const val STRING = 8L
        private const val ARRAY = 9L
        private val SIZES = mapOf(0L to 1, 1L to 1, 2L to 2, 3L to 2, 4L to 4, 5L to 4, 6L to 4, 7L to 1, 10L to 8, 11L to 8, 12L to 8)

        /** Blocks. Throws [IOException] with a reason that follows on "cannot be loaded: ". */
        fun read(path: Path): GgufHeader = Files.newInputStream(path).buffered().use { input ->
            val reader = GgufReader(input, Files.size(path))
            reader.skip(4)
            val version = reader.u32()
            if (version !in 2..3) throw IOException("its GGUF version is $version, and only 2 and 3 are known")
            reader.u64()
            GgufHeader(
                buildMap {
                    repeat(
                        Math.toIntExact(reader.u64().coerceIn(0, Int.MAX_VALUE.toLong())),
                    ) { put(reader.string(), value(reader)) }
                },
            )
        }

        private fun value(reader: GgufReader, type: Long = reader.u32()): Any = when (type) {
            STRING -> reader.string()
            ARRAY -> array(reader)
            4L, 5L -> reader.u32()
            else -> Unit.also { reader.skip(sizeOf(type)) }
        }

        private fun array(reader: GgufReader): Any {
            val type = reader.u32()
            val count = reader.u64()
            if (type != STRING && type != ARRAY && type != 5L) return Unit.also { reader.skip(Math.multiplyExact(sizeOf(type), count)) }
            return buildList { for (i in 0 until count) add(value(reader, type)) }
        }

        private fun sizeOf(type: Long): Long =
            SIZES[type]?.toLong() ?: throw IOException("its header holds a value of the unknown type $type")
    }
}
