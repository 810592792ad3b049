package dev.tandem.testing

import java.util.concurrent.ConcurrentHashMap

/** Lets a server play every row: which one, says the model that a request asks for, such as `wire-O03`. */
internal class WireUpstream(server: FakeServer) {
    private val rows = ConcurrentHashMap<String, WireRow>()

    /** For requests that name no model. */
    @Volatile private var current: WireRow? = null

    init {
        server.answering { request ->
            val named = MODEL.find(request.body)?.groupValues?.get(1)
            val row = if (named == null) current else rows[named]
            row?.reply() ?: Reply.error(NOT_FOUND, """{"error":{"message":"no such row","code":"model_not_found"}}""")
        }
    }

    /** Makes [row] known, and gives the model to ask for. */
    fun offer(row: WireRow): String {
        rows[row.id] = row
        current = row
        return "wire-${row.id}"
    }

    private companion object {
        const val NOT_FOUND = 404

        /** Gateways like to put a name in front. */
        val MODEL = Regex("\"model\"\\s*:\\s*\"[^\"]*wire-([A-Z]{1,2}\\d\\d[a-z]?)\"")
    }
}
