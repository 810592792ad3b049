package dev.tandem

import dev.tandem.model.ChatRequest
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.MediaRequest
import dev.tandem.model.Options
import dev.tandem.model.Request
import dev.tandem.pipeline.Target

/** Which model a request goes to that names none, and what else the client says where the request does not. */
internal class Models(private val target: Target, private val defaults: Options, embeddingModel: String?) {
    private val embeddingModel = embeddingModel ?: target.defaultEmbeddingModel

    fun named(request: ChatRequest): ChatRequest {
        val full = request.withDefaults(defaults)
        val named = if (full.options.model != null) full else full.withDefaults(modelNamed(target.defaultModel, "model"))
        return named.checked()
    }

    /** The client's model is for chat, so it is no default here. */
    fun named(request: EmbeddingRequest): EmbeddingRequest {
        val model = request.options.model?.let { Options.NONE } ?: modelNamed(embeddingModel, "embeddingModel")
        return request.withDefaults(model).withDefaults(defaults)
    }

    /** The same holds for media. A target without a model says itself what is missing: it may have no such thing at all. */
    fun named(request: MediaRequest): Request {
        val model = request.options.model ?: target.defaultModelFor(request)
        // What the client says to chats in the provider's own words is not what media take.
        return request.withDefaults(
            defaults
                .newBuilder()
                .model(model)
                .also { it.extra.clear() }
                .build(),
        )
    }

    private fun modelNamed(model: String?, setting: String): Options {
        requireNotNull(model) { "no model: ${target.name} has no default, so set $setting on the client or model on the request" }
        return Options.builder().model(model).build()
    }
}
