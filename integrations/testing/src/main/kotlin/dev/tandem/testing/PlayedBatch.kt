package dev.tandem.testing

import kotlinx.serialization.json.JsonObject

/** One batch that a [BatchPlay] was given. */
internal class PlayedBatch(val id: String, val requests: List<Pair<String, JsonObject>>, val madeAtMillis: Long) {
    var hasBegun = false
    var isCancelled = false
    var end: End? = null

    /** Of the first requests. */
    var answers: List<Reply> = emptyList()

    val good: Int get() = answers.count { it.status == SUCCESS }

    enum class End { COMPLETED, EXPIRED, CANCELLED, REFUSED }

    companion object {
        const val SUCCESS = 200
    }
}
