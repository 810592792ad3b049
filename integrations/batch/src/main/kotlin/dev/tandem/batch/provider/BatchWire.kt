package dev.tandem.batch.provider

import dev.tandem.model.ChatResponse
import dev.tandem.model.RawRequest
import kotlinx.serialization.json.JsonObject

/** In what the batches of one provider differ from those of another. */
internal interface BatchWire {
    /** The most that it takes at once. */
    val most: PieceSize

    /** Where batches are made and listed. */
    val path: String

    /** Requests may lie in one batch if theirs is the same. Refuses what may lie in none. */
    fun kindOf(request: WrittenRequest): String

    /** The request that makes a batch of [requests]. What is done for it before may be done twice. */
    suspend fun making(intent: Intent, requests: List<WrittenRequest>): RawRequest

    /** Whether [batch] is what came of [intent]; null for not to be known before it has ended. */
    suspend fun isOf(intent: Intent, batch: JsonObject): Boolean?

    fun madeAtMillis(batch: JsonObject): Long?

    fun stateOf(batch: JsonObject): BatchState

    /** Where the results of [batch] lie, all of them together. */
    fun resultsOf(batch: JsonObject): List<String>

    /** What a [line] of results says, or the exception that a plain call would have thrown. */
    fun read(line: JsonObject): ChatResponse
}
