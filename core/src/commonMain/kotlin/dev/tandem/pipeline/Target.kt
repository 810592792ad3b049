package dev.tandem.pipeline

import dev.tandem.error.ErrorDetails
import dev.tandem.error.NotSupportedException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.MediaRequest
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

    /** How many tokens all texts of one embedding request may have together. */
    public val maxEmbeddingTokens: Int get() = Int.MAX_VALUE

    /** How many tokens each of them may have, where that is known of all models there are. */
    public val maxTokensOfEmbeddingInput: Int get() = Int.MAX_VALUE

    /** The same for media; null also where there is no such thing. */
    public fun defaultModelFor(request: MediaRequest): String? = null

    /**
     * How many tokens [text] has for the model here, where that is known better than by the client's counter; null where it is not. May
     * suspend, so that whoever calls does not do the work.
     */
    public suspend fun tokensOf(text: String): Int? = null

    /** One attempt. Retries, limits and caches are around it, and none of its business. */
    public suspend fun chat(request: ChatRequest): ChatResponse

    /** How [request], of which a typed answer is wanted, is held to its format here. Looks at its model, schema and tools only. */
    public fun supportFor(request: ChatRequest): FormatSupport = FormatSupport.SCHEMA

    /** What [chat] sends for [request], which is not sent. */
    public fun write(request: ChatRequest): RawRequest = throw unwritten()

    /** What [chat] makes of [response], which may as well have come by another way. */
    public fun read(response: RawResponse): ChatResponse = throw unwritten()

    /** Cold: sends when collected. Ends with [ChatEvent.Completed] or an exception. */
    public fun stream(request: ChatRequest): Flow<ChatEvent>

    /** One attempt; [request] has no more inputs and tokens than this target takes at once. */
    public suspend fun embed(request: EmbeddingRequest): EmbeddingResponse

    /** What is neither a chat nor vectors; [operation] says what comes. Cold: sends when collected. */
    public fun media(operation: Operation<*>, request: MediaRequest): Flow<Any> = throw NotSupportedException(
        "$name has no $operation: ask a provider that has it, such as OpenAi",
        ErrorDetails.builder().provider(name).build(),
    )

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

    private fun unwritten() = NotSupportedException(
        "$name shows nobody what it sends: Anthropic does, and OpenAi with all who speak its wire",
        ErrorDetails.builder().provider(name).build(),
    )

    /** Frees what this target opened. Calls in flight have been cancelled by then. */
    public fun close()
}
