package dev.tandem.embedding

import dev.tandem.accounting.TokenCounter
import dev.tandem.error.ContextLengthException
import dev.tandem.error.ErrorDetails
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import dev.tandem.pipeline.Target
import dev.tandem.pipeline.Total
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.single
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.sync.withPermit

/**
 * Asks for more vectors than any of [targets] gives at once in several parts, [concurrency] at a time. All parts are one call: they
 * share its time, its bill and its name in the books, and the first that fails ends the others.
 */
internal class Parts(targets: List<Target>, private val counter: TokenCounter, private val concurrency: Int) : Middleware {
    private val mostTexts = targets.minOf { it.maxEmbeddingInputs }
    private val mostTokens = targets.minOf { it.maxEmbeddingTokens }

    /** An estimate is off by half at most where it says too much, and by three times for some scripts where it says too little. */
    private val isEstimate = counter === TokenCounter.ESTIMATE

    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        val request = call.request as? EmbeddingRequest ?: return next.proceed(call)
        return flow {
            val texts = request.inputs.distinct()
            val parts = partsOf(texts, request, call.target)
            if (parts.size == 1 && texts.size == request.inputs.size && !request.isNormalized) {
                emitAll(next.proceed(call))
            } else {
                val answers = coroutineScope {
                    val permits = Semaphore(concurrency)
                    parts
                        .map { part ->
                            async { permits.withPermit { next.proceed(call.withRequest(request.withInputs(part))).single() } }
                        }.awaitAll()
                }
                @Suppress("UNCHECKED_CAST")
                emit(joined(request, texts, answers as List<EmbeddingResponse>) as T)
            }
        }
    }

    private suspend fun partsOf(texts: List<String>, request: EmbeddingRequest, target: Target): List<List<String>> {
        val most = if (isEstimate) mostTokens / 3 else mostTokens
        val mostOfOne = target.maxTokensOfEmbeddingInput
        // A token has a byte at least, and a char three at most, so there is mostly nothing to count.
        val isSmall = texts.sumOf { it.length.toLong() * 3 } <= minOf(most, mostOfOne)
        val isUnbounded = mostTokens == Int.MAX_VALUE && mostOfOne == Int.MAX_VALUE
        if (isSmall || isUnbounded) return texts.chunked(mostTexts)
        val parts = mutableListOf(mutableListOf<String>())
        var tokens = 0L
        for (text in texts) {
            // Counting takes its time, and a call may be given up meanwhile.
            currentCoroutineContext().ensureActive()
            val exact = target.tokensOf(text)
            val count = exact ?: counter.count(text, request.options.model)
            val isAbout = exact == null && isEstimate
            val mostHere = if (isAbout) mostOfOne.toLong() * 3 / 2 else mostOfOne.toLong()
            if (count > mostHere) throw tooLong(text, count, isAbout, request, target)
            if (parts.last().size == mostTexts || (tokens + count > most && parts.last().isNotEmpty())) {
                parts += mutableListOf<String>()
                tokens = 0
            }
            parts.last() += text
            tokens += count
        }
        return parts
    }

    private fun tooLong(text: String, count: Int, isAbout: Boolean, request: EmbeddingRequest, target: Target) = ContextLengthException(
        "input ${request.inputs.indexOf(text)} has ${if (isAbout) "about " else ""}$count tokens, and ${request.options.model} of " +
            "${target.name} takes ${target.maxTokensOfEmbeddingInput}: split it into several texts",
        ErrorDetails.builder().provider(target.name).build(),
    )

    private fun joined(request: EmbeddingRequest, texts: List<String>, answers: List<EmbeddingResponse>): EmbeddingResponse {
        val total = Total()
        answers.forEach { total.add(it.usage, it.isCached) }
        val vectors = answers.flatMap { it.embeddings }.map { if (request.isNormalized) it.normalized() else it }
        check(vectors.size == texts.size) { "asked for ${texts.size} vectors, but the target gave ${vectors.size}" }
        val byText = texts.zip(vectors).toMap()
        return answers.last().with(request.inputs.map(byText::getValue), total.usage, total.isCached)
    }
}
