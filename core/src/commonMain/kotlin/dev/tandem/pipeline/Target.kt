package dev.tandem.pipeline

import dev.tandem.error.ErrorDetails
import dev.tandem.error.NotSupportedException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.ModelInfo
import dev.tandem.model.ModelsRequest
import dev.tandem.model.RawRequest
import dev.tandem.model.RawResponse
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.serialization.json.JsonObject

/** Where a call ends up: a provider that is connected and ready. All of it may be called concurrently. */
public interface Target {
    /** For messages and statistics; no address, no key. Two that share a cache and not their answers have two names. */
    public val name: String

    /** The model to use when nobody names one, or null when there is no sensible choice. */
    public val defaultModel: String?

    /** The same for embeddings. */
    public val defaultEmbeddingModel: String?

    /** How many texts one embedding request may carry. */
    public val maxEmbeddingInputs: Int

    public suspend fun chat(request: ChatRequest): ChatResponse

    /** Cold: sends when collected. Ends with [ChatEvent.Completed] or an exception. */
    public fun stream(request: ChatRequest): Flow<ChatEvent>

    public suspend fun embed(request: EmbeddingRequest): EmbeddingResponse

    /** Page by page, as it is collected. */
    public fun models(request: ModelsRequest): Flow<ModelInfo>

    /** A request of the user's own, by the same way as all others. Not every target has one. */
    public suspend fun send(request: RawRequest): RawResponse = throw NotSupportedException(
        "$name is not reached over HTTP, so there is nothing to send to",
        ErrorDetails.builder().provider(name).build(),
    )

    /** What a list of the provider's holds, page by page, as it is collected. */
    public fun list(request: RawRequest): Flow<JsonObject> = flow {
        throw NotSupportedException("$name has no lists that can be asked for by path", ErrorDetails.builder().provider(name).build())
    }

    /** Does what makes the first call slow, without spending tokens. */
    public suspend fun warmUp(request: ModelsRequest)

    /** Frees what this target opened. Calls in flight have been cancelled by then. */
    public fun close()
}
