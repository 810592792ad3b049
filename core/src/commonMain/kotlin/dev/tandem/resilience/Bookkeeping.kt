package dev.tandem.resilience

import dev.tandem.accounting.Books
import dev.tandem.accounting.TokenCounter
import dev.tandem.accounting.inputOf
import dev.tandem.accounting.modelOf
import dev.tandem.model.Usage
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import dev.tandem.pipeline.answerOf
import dev.tandem.pipeline.lettersOf
import dev.tandem.pipeline.usageOf
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow

/** Books what each request that is sent uses. */
internal class Bookkeeping(private val books: Books, private val counter: TokenCounter) : Middleware {
    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        if (!call.operation.asksModel) return next.proceed(call)
        return flow {
            var usage: Usage? = null
            var letters = 0L
            var isWhole = false
            var hasFailed = false
            try {
                next.proceed(call).collect { item ->
                    usageOf(item)?.let { usage = it }
                    letters += lettersOf(item)
                    if (answerOf(item) != null) isWhole = true
                    emit(item)
                }
            } catch (e: Throwable) {
                hasFailed = letters == 0L && e !is CancellationException
                throw e
            } finally {
                val said = usage
                val used = when {
                    isWhole && said != null && said.totalTokens > 0 -> said
                    hasFailed -> said ?: Usage.NONE
                    else -> atLeast(said, call, letters)
                }
                books.book(call.request.options.tags, modelOf(call.target.name, call.request), used, call.bill)
            }
        }
    }

    /** Of an answer that was cut off, or does not say what it has cost: the provider made at least what was heard of it. */
    private fun atLeast(said: Usage?, call: Call<*>, letters: Long): Usage {
        val output = maxOf(said?.outputTokens ?: 0, (letters + LETTERS - 1) / LETTERS)
        val input = said?.inputTokens?.takeIf { it > 0 } ?: counter.inputOf(call.request)
        return Usage(input, output, said?.cachedInputTokens ?: 0, said?.reasoningTokens ?: 0, said?.cacheWriteInputTokens ?: 0)
    }

    private companion object {
        /** Of a token, about. */
        const val LETTERS = 4
    }
}
