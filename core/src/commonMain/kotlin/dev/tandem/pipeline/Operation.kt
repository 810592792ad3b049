package dev.tandem.pipeline

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.ImageResponse
import dev.tandem.model.MediaRequest
import dev.tandem.model.ModelInfo
import dev.tandem.model.ModelsRequest
import dev.tandem.model.Moderation
import dev.tandem.model.RawRequest
import dev.tandem.model.RawResponse
import dev.tandem.model.Request
import dev.tandem.model.Speech
import dev.tandem.model.Transcription
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.serialization.json.JsonObject
import kotlin.jvm.JvmField
import kotlin.jvm.JvmSynthetic

/** What is asked of a [Target], and how its answer becomes a flow: one item for a plain call, many for a stream. */
public class Operation<T> internal constructor(
    private val name: String,
    /** A model answers it: it costs tokens, counts against limits, and another target could answer as well. */
    public val asksModel: Boolean,
    /** It may be asked again when it fails: what changes a server, or wants to know how it is now, is asked once. */
    public val isRetried: Boolean = true,
    /** Null for media, of which a target does some. */
    private val work: (Target.(Request) -> Flow<T>)? = null,
) {
    @Suppress("UNCHECKED_CAST")
    @JvmSynthetic
    internal fun perform(target: Target, request: Request): Flow<T> =
        work?.invoke(target, request) ?: target.media(this, request as MediaRequest) as Flow<T>

    override fun toString(): String = name

    /** Those that ask a model, for layers that look at what is asked. There are more. */
    public companion object {
        /** One [ChatResponse]. */
        @JvmField
        public val CHAT: Operation<ChatResponse> =
            Operation("chat", asksModel = true) { request -> one { chat(request as ChatRequest) } }

        /** [ChatEvent]s, with [ChatEvent.Completed] at the end. */
        @JvmField
        public val STREAM: Operation<ChatEvent> = Operation("stream", asksModel = true) { request -> stream(request as ChatRequest) }

        /** One [EmbeddingResponse]. */
        @JvmField
        public val EMBED: Operation<EmbeddingResponse> =
            Operation("embed", asksModel = true) { request -> one { embed(request as EmbeddingRequest) } }

        /** One [ImageResponse]. */
        @JvmField
        public val GENERATE_IMAGE: Operation<ImageResponse> = Operation("generateImage", asksModel = true)

        /** One [Speech]. */
        @JvmField
        public val SPEAK: Operation<Speech> = Operation("speak", asksModel = true)

        /** The bytes of a [Speech] as they come. */
        @JvmField
        public val STREAM_SPEECH: Operation<ByteArray> = Operation("streamSpeech", asksModel = true)

        /** One [Transcription]. */
        @JvmField
        public val TRANSCRIBE: Operation<Transcription> = Operation("transcribe", asksModel = true)

        /** One [Moderation]. */
        @JvmField
        public val MODERATE: Operation<Moderation> = Operation("moderate", asksModel = true)

        internal val MODELS = Operation<ModelInfo>("models", asksModel = false) { request -> models(request as ModelsRequest) }
        internal val WARM_UP = Operation<Unit>("warmUp", asksModel = false) { request -> one { warmUp(request as ModelsRequest) } }
        internal val SEND = Operation<RawResponse>("send", asksModel = false) { request -> one { send(request as RawRequest) } }
        internal val WRITE = Operation<RawRequest>("write", asksModel = false) { request -> flowOf(write(request as ChatRequest)) }
        internal val LIST = Operation<JsonObject>("list", asksModel = false) { request -> list(request as RawRequest) }

        private fun <T> one(answer: suspend () -> T): Flow<T> = flow { emit(answer()) }
    }
}
