package dev.tandem.workflow.format.syntax

import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonPrimitive

/**
 * JSON by the letter of RFC 8259. The parser of kotlinx.serialization takes words without quotes, keeps the last of two fields of one name
 * without a word, and knows no lines.
 */
internal class JsonReader(private val text: String) {
    private var at = 0
    private var line = 1

    fun read(): Said {
        val said = value(1)
        space()
        if (at < text.length) throw wrong("something comes after the end: ${here()}")
        return said
    }

    private fun value(depth: Int): Said {
        space()
        if (depth > Limits.DEPTH) throw Limits.tooDeep(line)
        val begun = line
        return when (if (at < text.length) text[at] else END) {
            '{' -> mapping(depth)
            '[' -> sequence(depth)
            '"' -> Said.Scalar(JsonPrimitive(string()), begun)
            END -> throw wrong("it ends too early")
            else -> Said.Scalar(word(), begun)
        }
    }

    private fun mapping(depth: Int): Said {
        val begun = line
        val fields = LinkedHashMap<String, Said.Field>()
        each('}') {
            if (at >= text.length || text[at] != '"') throw wrong("a name in quotes is missing: ${here()}")
            val named = line
            val name = string()
            space()
            if (at >= text.length || text[at] != ':') throw wrong("a : is missing after '${Said.excerpt(name)}': ${here()}")
            at++
            val earlier = fields.put(name, Said.Field(value(depth + 1), named)) ?: return@each
            throw SyntaxException(named, "'${Said.excerpt(name)}' is said twice, first in line ${earlier.line}: leave one of them out")
        }
        return Said.Mapping(fields, begun)
    }

    private fun sequence(depth: Int): Said {
        val begun = line
        val items = ArrayList<Said>()
        each(']') { items += value(depth + 1) }
        return Said.Sequence(items, begun)
    }

    private inline fun each(end: Char, item: () -> Unit) {
        at++
        space()
        if (at < text.length && text[at] == end) {
            at++
            return
        }
        while (true) {
            space()
            item()
            space()
            val next = if (at < text.length) text[at] else END
            if (next != ',' &&
                next != end
            ) {
                throw wrong(if (next == END) "a $end is missing at the end" else "a , or $end is missing: ${here()}")
            }
            at++
            if (next == end) return
        }
    }

    private fun word(): JsonPrimitive {
        val begin = at
        while (at < text.length && text[at] !in AFTER_WORDS) at++
        return when (val word = text.substring(begin, at)) {
            "null" -> JsonNull
            "true" -> JsonPrimitive(true)
            "false" -> JsonPrimitive(false)
            "" -> throw wrong("a value is missing: ${here()}")
            else -> Numbers.ofJson(word, line)
        }
    }

    private fun string(): String {
        val read = StringBuilder()
        at++
        while (true) {
            if (at >= text.length) throw wrong("a text is not closed: write \" at its end")
            when (val char = text[at++]) {
                '"' -> return Texts.checked(read.toString(), line)

                '\\' -> read.append(escaped())

                else -> if (char >=
                    ' '
                ) {
                    read.append(char)
                } else {
                    throw wrong("a text holds a ${named(char)}: write it as an escape such as \\n")
                }
            }
        }
    }

    private fun escaped(): Char {
        val char = if (at < text.length) text[at++] else END
        if (char == 'u') {
            val code = text.substring(at, minOf(at + HEX_DIGITS, text.length))
            val isCode = code.length == HEX_DIGITS && code.all { it in '0'..'9' || it in 'a'..'f' || it in 'A'..'F' }
            if (!isCode) throw wrong("\\u$code is no escape: write four digits, such as \\u00e4")
            at += HEX_DIGITS
            return code.toInt(HEX).toChar()
        }
        return ESCAPES[char] ?: throw wrong("\\${if (char < ' ') "" else char} is no escape: write \\\\ for a backslash")
    }

    private fun space() {
        while (at < text.length) {
            when (text[at]) {
                '\n' -> line++
                ' ', '\t', '\r' -> Unit
                else -> return
            }
            at++
        }
    }

    private fun here() = if (at >=
        text.length
    ) {
        "it ends there"
    } else {
        "'${Said.excerpt(text.substring(at, minOf(at + SHOWN, text.length)))}' is there"
    }

    private fun named(char: Char) = if (char == '\n') "line break" else "control character"

    private fun wrong(message: String) = SyntaxException(line, message)

    private companion object {
        const val END = '\u0000'
        const val HEX = 16
        const val HEX_DIGITS = 4
        const val SHOWN = 12
        val AFTER_WORDS = " \t\r\n,]}:\"{[".toSet()
        val ESCAPES = mapOf(
            '"' to '"',
            '\\' to '\\',
            '/' to '/',
            'b' to '\b',
            'f' to '\u000c',
            'n' to '\n',
            'r' to '\r',
            't' to '\t',
        )
    }
}
