package dev.tandem.testing

/** Strict: a typing error in a table must not pass as a test that proves nothing. */
internal class WireTableParser(private val name: String) {
    private val rows = mutableListOf<WireRow>()
    private var row: Draft? = null
    private var lineNumber = 0

    fun rows(text: String): List<WireRow> {
        for (line in text.lines()) {
            lineNumber++
            try {
                read(line)
            } catch (e: IllegalArgumentException) {
                throw IllegalArgumentException("$name.wire:$lineNumber: ${e.message}: '$line'", e)
            }
        }
        finish()
        return rows.toList()
    }

    private fun read(line: String) {
        if (line.isBlank() || line.startsWith('#')) return
        val directive = line.substringBefore(' ')
        val value = line.substringAfter(' ', "")
        if (directive == "==") {
            finish()
            row = draft(value)
            return
        }
        val row = requireNotNull(row) { "not in a row yet" }
        when (directive) {
            "call" -> row.call = WireCall.valueOf(value.uppercase())
            "status" -> row.status = value.toInt()
            "header" -> row.header(value)
            "<" -> row.body += WireNotation.bytes(value)
            "~" -> row.frames = row.frames.orEmpty() + WireNotation.characters(value)
            "=", "!" -> row.expected += line
            else -> throw IllegalArgumentException("unknown directive")
        }
    }

    private fun draft(heading: String): Draft {
        val (id, title) = requireNotNull(
            HEADING.matchEntire(heading),
        ) { "a row begins with '== X01 title' or '== X01a title'" }.destructured
        require(rows.none { it.id == id }) { "the table has this row already" }
        return Draft(id, title)
    }

    private fun finish() {
        val row = row ?: return
        require(row.expected.isNotEmpty()) { "$name.wire:$lineNumber: ${row.id} expects nothing" }
        rows += row.build()
    }

    private class Draft(val id: String, private val title: String) {
        var call = WireCall.STREAM
        var status = 200
        var body = ByteArray(0)
        var frames: List<String>? = null
        var expected = emptyList<String>()
        private val headers = mutableListOf<String>()
        private var contentType: String? = null

        fun header(line: String) {
            require(": " in line) { "a header is a name, a colon, a space and a value" }
            val (name, value) = line.split(": ", limit = 2)
            if (name == "Content-Type") contentType = value else headers += listOf(name, value)
        }

        fun build() = WireRow(id, title, call, status, headers, contentType ?: usualType(), body, frames, expected)

        private fun usualType() = if (call.isStream && status == 200) "text/event-stream" else "application/json"
    }

    private companion object {
        val HEADING = Regex("([A-Z]{1,2}\\d\\d[a-z]?) (\\S.*)")
    }
}
