@file:JvmName("-RequestTokens")

package dev.tandem.accounting

import dev.tandem.model.ChatRequest
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.ImageRequest
import dev.tandem.model.Message
import dev.tandem.model.ModerationRequest
import dev.tandem.model.Part
import dev.tandem.model.Request
import dev.tandem.model.SpeechRequest
import dev.tandem.model.TranscriptionRequest
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

        is ImageRequest -> {
            count(request.prompt, model).toLong()
        }

        is SpeechRequest -> {
            count(request.text + request.instructions.orEmpty(), model).toLong()
        }

        is TranscriptionRequest -> {
            heard(request.audio.size.toLong())
        }

        is ModerationRequest -> {
            request.inputs.sumOf { partOf(it, model) }
        }

        else -> {
            0
        }
    }
}

/** How long the answer to [this] may be, about: as long as [usual] where it does not say. */
internal fun Request.likelyOutput(usual: Long = SOME_OUTPUT): Long = when (this) {
    is EmbeddingRequest, is ModerationRequest -> 0
    is ImageRequest -> count * FOR_AN_IMAGE
    is SpeechRequest, is TranscriptionRequest -> usual
    else -> options.maxTokens?.toLong() ?: usual
}

/** Of an answer whose length nobody knows. */
internal const val SOME_OUTPUT = 256L

private fun TokenCounter.messageOf(message: Message, model: String?): Long = FOR_EACH_MESSAGE +
    message.parts.sumOf { partOf(it, model) } +
    message.toolCalls.sumOf { count(it.name + it.arguments, model).toLong() }

private fun TokenCounter.partOf(part: Part, model: String?): Long = when (part) {
    is Part.Text -> count(part.text, model).toLong()
    is Part.Image -> FOR_AN_IMAGE
    is Part.Audio -> heard(heldIn(part.url))
    is Part.File -> maxOf(FOR_AN_IMAGE, heldIn(part.url.orEmpty()) / BYTES_OF_A_FILE)
}

/** In base64 three bytes are four letters; an address that is not `data:` holds nothing. */
private fun heldIn(url: String): Long = if (url.startsWith("data:")) url.length * 3L / 4 else 0

/** About ten tokens a second, at a rate that is usual for speech. */
private fun heard(bytes: Long): Long = maxOf(FOR_A_SOUND, bytes / BYTES_OF_A_SOUND)

/** Who speaks, and where the message ends. */
private const val FOR_EACH_MESSAGE = 4L

/** Providers count by its size, which an address does not tell. */
private const val FOR_AN_IMAGE = 1_000L
private const val FOR_A_SOUND = 100L
private const val BYTES_OF_A_SOUND = 1_600L

/** Of text four are a token; of a PDF, which is mostly form, many more. */
private const val BYTES_OF_A_FILE = 20
