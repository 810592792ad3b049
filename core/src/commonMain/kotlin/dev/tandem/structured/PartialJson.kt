package dev.tandem.structured

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/**
 * Reads the first JSON object of a text that comes in pieces, and closes what is open. Each reading holds all that the one before
 * held: a number or a word is not there before its end, and a text that is cut is shorter. What turns out to be none is passed over.
 */
internal class PartialJson {
    private enum class State { OUTSIDE, VALUE, FIRST_VALUE, NAME, FIRST_NAME, COLON, COMMA, TEXT, ESCAPE, CODE, WORD, DONE }

    private class Open(val isObject: Boolean) {
        val members = linkedMapOf<String, JsonElement>()
        val items = mutableListOf<JsonElement>()
        var name: String? = null

        fun with(value: JsonElement?): JsonElement = when {
            !isObject -> JsonArray(if (value == null) items.toList() else items + value)
            value == null || name == null -> JsonObject(LinkedHashMap(members))
            else -> JsonObject(LinkedHashMap(members).also { it[name.orEmpty()] = value })
        }

        fun add(value: JsonElement) {
            if (isObject) members[name.orEmpty()] = value else items += value
            name = null
        }
    }

    private val open = mutableListOf<Open>()
    private var state = State.OUTSIDE
    private val token = StringBuilder()
    private val code = StringBuilder()
    private var isName = false
    private var whole: JsonElement? = null

    /** Grows with all that [now] shows more of. */
    var changes = 0
        private set

    fun feed(piece: String) {
        for (char in piece) if (state != State.DONE) take(char)
    }

    /** As much as has come; null before anything has. */
    fun now(): JsonElement? {
        if (whole != null || open.isEmpty()) return whole
        val isText = state == State.TEXT || state == State.ESCAPE || state == State.CODE
        var value: JsonElement? = if (isText && !isName) JsonPrimitive(token.toString().wholeCharacters()) else null
        for (i in open.indices.reversed()) value = open[i].with(value)
        return value
    }

    private fun take(char: Char) {
        when (state) {
            State.OUTSIDE -> if (char == '{') begin(isObject = true)
            State.TEXT -> text(char)
            State.ESCAPE -> escape(char)
            State.CODE -> code(char)
            State.WORD -> if (char.isLetterOrDigit() || char in "+-.") token.append(char) else word(char)
            else -> if (!char.isWhitespace()) between(char)
        }
    }

    private fun between(char: Char) {
        when {
            char == '"' && (state == State.NAME || state == State.FIRST_NAME) -> beginText(isName = true)
            char == ':' && state == State.COLON -> state = State.VALUE
            char == ',' && state == State.COMMA -> state = if (open.last().isObject) State.NAME else State.VALUE
            char == '}' && open.last().isObject && (state == State.COMMA || state == State.FIRST_NAME || state == State.NAME) -> end()
            char == ']' && !open.last().isObject && (state == State.COMMA || state == State.FIRST_VALUE || state == State.VALUE) -> end()
            state != State.VALUE && state != State.FIRST_VALUE -> restart(char)
            char == '"' -> beginText(isName = false)
            char == '{' || char == '[' -> begin(isObject = char == '{')
            char.isLetterOrDigit() || char == '-' -> token.append(char).also { state = State.WORD }
            else -> restart(char)
        }
    }

    private fun begin(isObject: Boolean) {
        if (open.size == DEEPEST) return restart(' ')
        open += Open(isObject)
        changes++
        state = if (isObject) State.FIRST_NAME else State.FIRST_VALUE
    }

    private fun beginText(isName: Boolean) {
        this.isName = isName
        state = State.TEXT
        if (!isName) changes++
    }

    private fun end() = add(open.removeAt(open.lastIndex).with(null))

    private fun add(value: JsonElement) {
        token.clear()
        val parent = open.lastOrNull()
        parent?.add(value)
        if (parent == null) whole = value
        state = if (parent == null) State.DONE else State.COMMA
    }

    private fun text(char: Char) {
        when {
            char == '\\' -> {
                state = State.ESCAPE
            }

            char != '"' -> {
                said(char)
            }

            !isName -> {
                add(JsonPrimitive(token.toString()))
            }

            else -> {
                open.last().name = token.toString()
                token.clear()
                state = State.COLON
            }
        }
    }

    private fun said(char: Char) {
        token.append(char)
        if (!isName) changes++
    }

    private fun escape(char: Char) {
        val i = ESCAPES.indexOf(char)
        state = if (char == 'u') State.CODE else State.TEXT
        if (i >= 0) {
            said(ESCAPED[i])
        } else if (char != 'u') {
            restart(char)
        }
    }

    private fun code(char: Char) {
        code.append(char)
        if (code.length < 4) return
        val value = code.toString().toIntOrNull(16)
        code.clear()
        state = State.TEXT
        if (value == null) restart(char) else said(value.toChar())
    }

    private fun word(next: Char) {
        val word = token.toString()
        if (!WORD.matches(word)) return restart(next)
        add(Json.parseToJsonElement(word))
        changes++
        take(next)
    }

    private fun restart(char: Char) {
        open.clear()
        token.clear()
        code.clear()
        state = State.OUTSIDE
        if (char == '{') take(char)
    }

    private companion object {
        const val DEEPEST = 200
        const val ESCAPES = "\"\\/bfnrt"
        const val ESCAPED = "\"\\/\b\u000c\n\r\t"
        val WORD = Regex("true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")

        fun String.wholeCharacters() = if (lastOrNull()?.isHighSurrogate() == true) dropLast(1) else this
    }
}
