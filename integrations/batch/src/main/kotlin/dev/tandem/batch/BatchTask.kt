package dev.tandem.batch

import dev.tandem.AiClient
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Embedding
import dev.tandem.model.Options
import dev.tandem.structured.AnswerType
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/**
 * What is done with each item of a batch: something that a client does, or anything else. Of use for any number of batches. Tools in
 * the options are run, as ever; the item is done when the model is.
 */
public abstract class BatchTask<in T, R> internal constructor() {
    /** What a run has to have in common with an earlier one whose journal it goes on with. */
    internal abstract fun configuration(ai: AiClient): JsonObject

    internal abstract suspend fun perform(ai: AiClient, item: T): Outcome<R>

    /** What [Outcome.json] was of an earlier run. */
    internal abstract fun read(json: JsonElement): R

    /** What [item] asks a model, where that is one chat; null where it is something else. */
    internal open fun requestOf(item: T): ChatRequest? = null

    /** What comes of an answer to [requestOf]. */
    internal open fun outcomeOf(response: ChatResponse): Outcome<R> = error("this asks no model")

    /** Tells [item] from others; null where only its user can. */
    internal abstract fun contentOf(item: T): String?

    /** Why no journal can be kept of this; null where one can. */
    internal open val whyNoJournal: String? get() = null

    /** The same for items out of which [change] makes what this task takes. What it throws is the item's failure. */
    public fun <S> from(change: (S) -> T): BatchTask<S, R> = Adapted(this, change)

    /** What came of an item, and how it is written down. */
    internal class Outcome<R>(val value: R, val json: () -> JsonElement)

    public companion object {
        /** The text of the answer to each prompt. */
        @JvmStatic
        public fun generate(): BatchTask<String, String> = generate(Options.NONE)

        /** The text of the answer to each prompt. */
        @JvmStatic
        public fun generate(options: Options): BatchTask<String, String> = Generating(options)

        /** The whole answer to each request. What tools said on the way ([ChatResponse.steps]) is not kept in a journal. */
        @JvmStatic
        public fun chat(): BatchTask<ChatRequest, ChatResponse> = chat(Options.NONE)

        /** The same with [options], where a request does not say otherwise. */
        @JvmStatic
        public fun chat(options: Options): BatchTask<ChatRequest, ChatResponse> = Chatting(options)

        /** What is said in each text as a value of [type]; see [AiClient.extract]. */
        @JvmStatic
        public fun <R : Any> extract(type: AnswerType<R>): BatchTask<String, R> = extract(type, Options.NONE)

        /** The same with [options]. */
        @JvmStatic
        public fun <R : Any> extract(type: AnswerType<R>, options: Options): BatchTask<String, R> = Extracting(type, options)

        /** The vector of each text, one request for each. */
        @JvmStatic
        public fun embed(): BatchTask<String, Embedding> = embed(Options.NONE)

        /** The same with [options]. */
        @JvmStatic
        public fun embed(options: Options): BatchTask<String, Embedding> = EmbeddingOne(options)

        /** The vectors of several texts at once, which takes fewer requests: let an item be as many texts as the provider takes. */
        @JvmStatic
        public fun embedMany(): BatchTask<List<String>, List<Embedding>> = embedMany(Options.NONE)

        /** The same with [options]. */
        @JvmStatic
        public fun embedMany(options: Options): BatchTask<List<String>, List<Embedding>> = EmbeddingMany(options)

        /** Whatever [work] does. It has no journal, since nobody knows how its results are written: see the other one. */
        @JvmStatic
        public fun <T, R> of(work: suspend (T) -> R): BatchTask<T, R> = FunctionTask(work, null)

        /** Whatever [work] does, for journals as well. Unless items are texts or numbers, the batch needs a key for each. */
        @JvmStatic
        public fun <T, R> of(format: ResultFormat<R>, work: suspend (T) -> R): BatchTask<T, R> = FunctionTask(work, format)
    }
}
