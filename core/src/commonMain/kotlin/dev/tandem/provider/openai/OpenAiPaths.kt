package dev.tandem.provider.openai

import dev.tandem.model.Options

/** Where the operations live: at some hosts the model is a part of the path. */
internal fun interface OpenAiPaths {
    fun of(operation: String, options: Options): String

    companion object {
        val PLAIN = OpenAiPaths { operation, _ -> operation }
    }
}
