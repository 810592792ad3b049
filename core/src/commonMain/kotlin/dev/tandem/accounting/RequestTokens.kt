@file:JvmName("-RequestTokens")

package dev.tandem.accounting

import dev.tandem.model.ChatRequest
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.Request
import kotlin.jvm.JvmName

/** How many tokens [request] has, without the answer to it. */
internal fun TokenCounter.inputOf(request: Request): Long {
    val model = request.options.model
    return when (request) {
        is ChatRequest -> {
            request.messages.sumOf { messageOf(it, model) } +
                request.options.tools.sumOf { count(it.name + it.description + it.parameters, model).toLong() }
        }

        is EmbeddingRequest -> {
            request.inputs.sumOf { count(it, model).toLong() }
        }

        else -> {
            0
        }
    }
}

/** How long the answer to [this] may be, about: as long as [usual] where it does not say. */
internal fun Request.likelyOutput(usual: Long = SOME_OUTPUT): Long = if (this is EmbeddingRequest) {
    0
} else {
    options.maxTokens?.toLong()
        ?: usual
}

/** Of an answer whose length nobody knows. */
internal const val SOME_OUTPUT = 256L

private fun TokenCounter.messageOf(message: Message, model: String?): Long = FOR_EACH_MESSAGE +
    message.parts.sumOf { if (it is Part.Text) count(it.text, model).toLong() else FOR_AN_IMAGE } +
    message.toolCalls.sumOf { count(it.name + it.arguments, model).toLong() }

/** Who speaks, and where the message ends. */
private const val FOR_EACH_MESSAGE = 4L

/** Providers count by its size, which an address does not tell. */
private const val FOR_AN_IMAGE = 1_000L
