package dev.tandem.workflow.format.syntax

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonPrimitive
import java.math.BigDecimal
import java.math.BigInteger

/** Numbers as they are written, digit by digit. */
internal object Numbers {
    private val JSON = Regex("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
    private val YAML = Regex("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
    private val YAML_BASE = Regex("0o[0-7]+|0x[0-9a-fA-F]+")
    private val YAML_NONE = Regex("[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)")
    private const val OCTAL = 8
    private const val HEXADECIMAL = 16

    fun isJson(text: String): Boolean = text.length <= Limits.NUMBER && JSON.matches(text)

    fun ofJson(text: String, line: Int): JsonPrimitive {
        checkLength(text, line)
        if (!JSON.matches(text)) throw SyntaxException(line, "'${Said.excerpt(text)}' is no JSON: text has quotes around it")
        return Json.parseToJsonElement(text).jsonPrimitive
    }

    /** As YAML 1.2's core schema has it; null for what is no number. */
    fun ofYaml(text: String, line: Int): JsonPrimitive? {
        if (YAML_NONE.matches(
                text,
            )
        ) {
            throw SyntaxException(line, "'$text' is no number to work with: write one, or put it into quotes as a text")
        }
        val hasBase = YAML_BASE.matches(text)
        if (!hasBase && !YAML.matches(text)) return null
        checkLength(text, line)
        if (JSON.matches(text)) return ofJson(text, line)
        return ofJson(if (hasBase) whole(text) else decimal(text, line), line)
    }

    private fun whole(text: String) = BigInteger(text.substring(2), if (text[1] == 'o') OCTAL else HEXADECIMAL).toString()

    private fun decimal(text: String, line: Int): String = try {
        BigDecimal(text).toString()
    } catch (e: NumberFormatException) {
        throw SyntaxException(line, "the number $text is out of reach: ${e.message ?: "write a smaller one"}")
    }

    private fun checkLength(text: String, line: Int) {
        if (text.length > Limits.NUMBER) {
            throw SyntaxException(line, "the number ${Said.excerpt(text)} has ${text.length} digits, and at most ${Limits.NUMBER} are read")
        }
    }
}
