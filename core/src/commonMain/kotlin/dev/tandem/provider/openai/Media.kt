package dev.tandem.provider.openai

import dev.tandem.model.ImageRequest
import dev.tandem.model.MediaRequest
import dev.tandem.model.ModerationRequest
import dev.tandem.model.Speech
import dev.tandem.model.SpeechRequest
import dev.tandem.model.TranscriptionRequest
import dev.tandem.pipeline.Operation
import dev.tandem.provider.http.Endpoint
import dev.tandem.provider.http.objectWith
import dev.tandem.transport.Answer
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** What OpenAI's wire has besides chats and vectors. */
internal class Media(private val dialect: OpenAiDialect, private val endpoint: Endpoint, private val paths: OpenAiPaths) {
    fun answer(operation: Operation<*>, request: MediaRequest): Flow<Any> = flow {
        val options = request.options
        // The client's is for chat, so none is the default here but the dialect's own.
        requireNotNull(options.model) { "no model: ${dialect.name} has no default for $operation, so set model on the request" }
        val path = paths.of(pathOf(request), options)
        val read: suspend (Answer) -> Unit = { answer ->
            if (request !is SpeechRequest) {
                emit(answerOf(answer.objectWith(fieldOf(request)), answer, request))
            } else {
                // Without a head it is just numbers, and may begin like anything.
                answer.refuseText("audio", isAnything = request.format == "pcm")
                if (operation === Operation.STREAM_SPEECH) {
                    var isMore = true
                    while (isMore) isMore = answer.take { bytes, from, to -> if (to > from) emit(bytes.copyOfRange(from, to)) }
                } else {
                    emit(Speech(answer.bytes(request.maxBytes), typeOf(answer, request)))
                }
            }
        }
        if (request is TranscriptionRequest) {
            endpoint.post(path, formOf(request), options, read)
        } else {
            endpoint.post(path, bodyOf(request, dialect.defaultVoice), options, read)
        }
    }

    private fun pathOf(request: MediaRequest) = when (request) {
        is ImageRequest -> "/images/generations"
        is SpeechRequest -> "/audio/speech"
        is TranscriptionRequest -> if (request.isTranslated) "/audio/translations" else "/audio/transcriptions"
        is ModerationRequest -> "/moderations"
    }

    private fun fieldOf(request: MediaRequest) = when (request) {
        is ImageRequest -> "data"
        is ModerationRequest -> "results"
        else -> "text"
    }

    private fun typeOf(answer: Answer, request: SpeechRequest): String {
        val said = answer.contentType.substringBefore(';').trim()
        val format = request.format ?: "mp3"
        return if (said.startsWith("audio/")) {
            said
        } else if (format == "mp3") {
            "audio/mpeg"
        } else {
            "audio/$format"
        }
    }
}
