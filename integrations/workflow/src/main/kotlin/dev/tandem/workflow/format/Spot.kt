package dev.tandem.workflow.format

import dev.tandem.workflow.format.FormatProblem.Kind
import dev.tandem.workflow.format.syntax.Said
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.booleanOrNull
import java.math.BigDecimal

/** A value of a file, with its place. Whatever it is asked for and is not, it reports, and gives null. */
internal class Spot(
    private val said: Said,
    val path: String,
    private val line: Int,
    val problems: Problems,
    /** Its values are in no message. */
    private val isSecret: Boolean = false,
) {
    val isText: Boolean get() = said is Said.Scalar && said.json.isString

    fun text(): String? = (said as? Said.Scalar)?.json?.takeIf { it.isString }?.content
        ?: wanted("a text", shown?.let { "write \"$it\", with the quotes" } ?: "write one in quotes")

    /** Also as `1e3` and `5.0`, which other writers make of whole numbers. */
    fun long(): Long? =
        decimal()?.let { runCatching { it.longValueExact() }.getOrNull() } ?: wanted("a whole number", "write one such as 5")

    fun int(): Int? = decimal()?.let { runCatching { it.intValueExact() }.getOrNull() } ?: wanted("a whole number", "write one such as 5")

    fun double(): Double? = numeral()?.toDoubleOrNull() ?: wanted("a number", "write one such as 0.5")

    fun boolean(): Boolean? =
        (said as? Said.Scalar)?.json?.takeUnless { it.isString }?.booleanOrNull ?: wanted("true or false", "write one of them")

    fun json(): JsonElement = said.toJson()

    fun items(): List<Spot>? = (said as? Said.Sequence)
        ?.items
        ?.mapIndexed { i, item -> Spot(item, "$path[$i]", item.line, problems, isSecret) }
        ?: wanted("a list", shown?.takeIf { isText }?.let { "write [$it]" } ?: "write […]")

    fun texts(): List<String>? = items()?.let { items -> items.map { it.text() }.takeIf { null !in it }?.filterNotNull() }

    /** Each with its name. */
    fun entries(): Map<String, Spot>? = (said as? Said.Mapping)
        ?.fields
        ?.mapValues { (name, field) -> Spot(field.value, pathOf(path, name), field.line, problems, isSecret) }
        ?: wanted("an object", "write it as name: value")

    fun fields(): Fields? = entries()?.let { Fields(it, this) }

    fun asSecret() = Spot(said, path, line, problems, isSecret = true)

    /** One of [words], which are few. */
    fun <T> oneOf(words: Map<String, T>): T? {
        val word = text() ?: return null
        return words[word] ?: wrong(Kind.BAD_VALUE, "must be one of ${words.keys.joinToString()}, but is '${Said.excerpt(word)}'")
    }

    /** What [block] refuses is wrong with this. */
    inline fun <T> trying(block: () -> T): T? = try {
        block()
    } catch (e: IllegalArgumentException) {
        wrong(Kind.BAD_VALUE, e.message ?: "it is refused")
    }

    fun wrong(kind: Kind, message: String): Nothing? {
        problems.add(kind, path, line, message)
        return null
    }

    /** What may be told of it. */
    private val shown: String? get() = (said as? Said.Scalar)?.json?.content?.takeUnless { isSecret }

    private fun numeral(): String? = (said as? Said.Scalar)?.json?.takeUnless { it.isString }?.content

    private fun decimal(): BigDecimal? = numeral()?.toBigDecimalOrNull()

    private fun wanted(what: String, remedy: String): Nothing? {
        val isNull = (said as? Said.Scalar)?.json?.toString() == "null"
        return wrong(Kind.WRONG_TYPE, "must be $what, but is ${said.told(isSecret)}: ${if (isNull) "leave it out, or $remedy" else remedy}")
    }

    companion object {
        private val WORD = Regex("[A-Za-z_][A-Za-z0-9_-]*")

        fun pathOf(path: String, name: String): String = when {
            !WORD.matches(name) -> "$path[\"${Said.excerpt(name)}\"]"
            path.isEmpty() -> name
            else -> "$path.$name"
        }
    }
}
