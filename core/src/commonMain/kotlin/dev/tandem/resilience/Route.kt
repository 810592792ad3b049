package dev.tandem.resilience

import dev.tandem.model.ChatRequest
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.MediaRequest
import dev.tandem.model.Request
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.Target
import kotlin.concurrent.atomics.AtomicInt
import kotlin.concurrent.atomics.ExperimentalAtomicApi
import kotlin.concurrent.atomics.decrementAndFetch
import kotlin.concurrent.atomics.incrementAndFetch

/** One of several targets that can answer the same call, and by which models. */
@OptIn(ExperimentalAtomicApi::class)
internal class Route(
    val target: Target,
    /** Null for the one that the call names. */
    private val model: String?,
    private val embeddingModel: String?,
    /** Whether its vectors are as good as those of the others: two models have nothing to compare. */
    val embeds: Boolean,
    val weight: Int,
    /** The client's own provider, whose model the call has already. */
    private val isFirst: Boolean = false,
) {
    /** Whether it can do what [call] asks: of media each provider does some, by a model of its own. */
    fun answers(call: Call<*>): Boolean = when (val request = call.request) {
        is EmbeddingRequest -> embeds
        is MediaRequest -> isFirst || target.defaultModelFor(request) != null
        else -> true
    }

    private val underWay = AtomicInt(0)

    /** How busy it is for its weight. */
    val load: Double get() = underWay.load().toDouble() / weight

    fun began() {
        underWay.incrementAndFetch()
    }

    fun ended() {
        underWay.decrementAndFetch()
    }

    fun <T> callFor(call: Call<T>): Call<T> = call.withTarget(target).withRequest(requestFor(call.request))

    private fun requestFor(request: Request): Request = when (request) {
        is ChatRequest -> model?.let { request.newBuilder().model(it).build() } ?: request

        is EmbeddingRequest -> embeddingModel?.let { request.newBuilder().model(it).build() } ?: request

        is MediaRequest -> mediaModel(request)?.let {
            request.withOptions(
                request.options
                    .newBuilder()
                    .model(it)
                    .build(),
            )
        } ?: request

        else -> request
    }

    private fun mediaModel(request: MediaRequest): String? = if (isFirst) null else target.defaultModelFor(request)
}
