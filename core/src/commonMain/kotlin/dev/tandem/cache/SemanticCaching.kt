package dev.tandem.cache

import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Embedding
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.Message
import dev.tandem.model.Options
import dev.tandem.model.Part
import dev.tandem.model.Role
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import dev.tandem.pipeline.Operation
import dev.tandem.pipeline.answerOf
import dev.tandem.privacy.Placeholders
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.single
import kotlin.time.TimeSource

/** Answers a chat whose last question means what another one meant, if all before it is the same. */
internal class SemanticCaching(private val settings: SemanticCache, private val embeddingModel: String?, clock: TimeSource) : Middleware {
    private val meanings = Meanings(settings.maxEntries, settings.ttl, clock)

    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        val question = questionOf(call.request as? ChatRequest)
        if (question == null || call.request.options.caching == false) return next.proceed(call)
        return flow {
            val context = contextOf(call, question)
            // Null where it cannot be found out, which does not harm the call.
            val meaning = call.trying("the embedder", settings.patience) {
                settings.embedder?.embed(question) ?: embeddingOf(question, call, next)
            }
            val known = meaning?.let { meanings.find(context, it, settings.threshold) }
            if (known != null) {
                call.tell(CallEvent.CacheHit)
                known.forEach { emit(itemOf(cachedOf(it))) }
                return@flow
            }
            val heard = ArrayDeque<Any?>()
            var weight = 0L
            next.proceed(call).collect { item ->
                weight += weightOf(item)
                if (weight <= MOST) heard += item else heard.clear()
                emit(item)
            }
            val last = heard.lastOrNull()
            // What is to be done for one question is not what is to be done for another one like it.
            val isDone = (answerOf(last) as? ChatResponse)?.toolCalls.isNullOrEmpty()
            val isWorthIt = isDone && weight <= MOST && isWorthKeeping(last, call.request.options.responseFormat)
            if (meaning != null && isWorthIt) meanings.keep(context, meaning, heard.toList())
        }
    }

    /** Null where there is more to it than words. */
    private fun questionOf(request: ChatRequest?): String? {
        val last = request?.messages?.last()?.takeIf { it.role == Role.USER } ?: return null
        return if (last.parts.all { it is Part.Text }) last.text else null
    }

    /** What is asked besides the question. Whom it is about is masked, and no matter of likeness. */
    private fun contextOf(call: Call<*>, question: String): String {
        val request = call.request as ChatRequest
        val before = ChatRequest
            .builder()
            .messages(
                request.messages.dropLast(1),
            ).message(
                Message.user(
                    "?" + Placeholders.PLACEHOLDER
                        .findAll(question)
                        .map { it.value }
                        .joinToString(""),
                ),
            ).options(request.options)
            .build()
        return checkNotNull(keyOf(call.withRequest(before))) { "chats have keys" }
    }

    private suspend fun embeddingOf(question: String, call: Call<*>, next: Next): Embedding {
        val model =
            checkNotNull(embeddingModel) { "${call.target.name} has no default model for embeddings: set embeddingModel, or an embedder" }
        val options = Options
            .builder()
            .model(model)
            .apply {
                call.request.options.tags
                    .forEach(::tag)
            }.build()
        val request = EmbeddingRequest
            .builder()
            .input(question)
            .options(options)
            .build()
        return next
            .proceed(call.asking(Operation.EMBED, request))
            .single()
            .embeddings
            .single()
    }

    @Suppress("UNCHECKED_CAST")
    private fun <T> itemOf(item: Any?) = item as T

    private companion object {
        /** Of a longer answer the question hardly says it all. */
        const val MOST = 1024L * 1024
    }
}
