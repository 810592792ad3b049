package dev.tandem.batch.provider

import kotlinx.serialization.json.JsonObject

/** The lines of result files, in any order, each under the place of the request that it is about. */
internal class ResultLines(private val ids: CustomIds, private val size: Int) {
    val byIndex = LinkedHashMap<Int, JsonObject>()

    /** A file ends in the midst of a line. */
    var isTorn = false
        private set

    var unreadable = 0
        private set

    /** The name of a request that is none of ours. */
    var stranger: String? = null
        private set

    fun add(file: String) {
        val lines = file.lineSequence().filter { it.isNotBlank() }.toList()
        lines.forEachIndexed { i, text ->
            val line = objectIn(text)
            val id = line?.textOrNull("custom_id")
            when {
                id != null -> add(id, line)
                line == null && i == lines.lastIndex && !file.endsWith('\n') -> isTorn = true
                else -> unreadable++
            }
        }
    }

    private fun add(id: String, line: JsonObject) {
        val index = ids.indexOf(id)?.takeIf { it in 0 until size }
        if (index == null) {
            stranger = id
        } else if (index !in byIndex) {
            byIndex[index] = line
        }
    }
}
