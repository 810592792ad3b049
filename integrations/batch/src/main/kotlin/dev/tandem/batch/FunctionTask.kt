package dev.tandem.batch

import dev.tandem.AiClient
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put

/** Whatever somebody does. */
internal class FunctionTask<T, R>(private val work: suspend (T) -> R, private val format: ResultFormat<R>?) : BatchTask<T, R>() {
    override val whyNoJournal: String? =
        if (format == null) "nobody knows how its results are written: make the task by BatchTask.of(format) { … }" else null

    override fun configuration(ai: AiClient): JsonObject = buildJsonObject { put("task", "function") }

    override suspend fun perform(ai: AiClient, item: T): Outcome<R> = work(item).let { result ->
        Outcome(result) { checkNotNull(format).write(result) }
    }

    override fun read(json: JsonElement): R = checkNotNull(format).read(json)

    override fun contentOf(item: T): String? = if (item is CharSequence || item is Number) item.toString() else null
}

/** A task for items that are changed first. */
internal class Adapted<S, T, R>(private val task: BatchTask<T, R>, private val change: (S) -> T) : BatchTask<S, R>() {
    override val whyNoJournal: String? get() = task.whyNoJournal

    override fun configuration(ai: AiClient): JsonObject = task.configuration(ai)

    override suspend fun perform(ai: AiClient, item: S): Outcome<R> = task.perform(ai, change(item))

    override fun read(json: JsonElement): R = task.read(json)

    override fun requestOf(item: S): ChatRequest? = task.requestOf(change(item))

    override fun outcomeOf(response: ChatResponse): Outcome<R> = task.outcomeOf(response)

    override fun contentOf(item: S): String? = task.contentOf(change(item))
}
