package dev.tandem.workflow.template

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive

/** A template whose mentions are known, ready to be filled as often as you like. */
internal class Filling(
    private val template: Template,
    /** Whose it is, for messages: `the prompt of 'summary'`. */
    private val owner: String,
    val references: List<Reference>,
) {
    /** [values] gives null for what was skipped, of which nothing is said. */
    fun text(values: (Reference) -> JsonElement?): String {
        val single = template.pieces.singleOrNull()
        if (single is String) return single
        return text(values) { _, value -> textOf(value) }
    }

    /** The same with each mention changed by [change], which is told what comes before it. */
    fun text(values: (Reference) -> JsonElement?, change: (before: CharSequence, value: JsonElement) -> String): String {
        var next = 0
        return buildString {
            for (piece in template.pieces) append(if (piece is String) piece else change(this, valueOf(references[next++], values)))
        }
    }

    /** The thing itself where the template is one mention and nothing else, otherwise [text]. */
    fun value(values: (Reference) -> JsonElement?): JsonElement =
        if (template.pieces.size == 1 && references.size == 1) valueOf(references.single(), values) else JsonPrimitive(text(values))

    private fun valueOf(reference: Reference, values: (Reference) -> JsonElement?): JsonElement {
        val whole = values(reference) ?: return JsonPrimitive("")
        if (reference.path.isEmpty) return whole
        return try {
            reference.path.of(whole, describe(reference))
        } catch (e: TemplateException) {
            throw TemplateException(
                "${reference.mention} at ${template.place(reference.mention.position)} of $owner has nothing to stand for: ${e.message}",
            )
        }
    }

    private fun describe(reference: Reference) = when (reference.source) {
        Mention.Source.NODE -> "the output of '${reference.name}'"
        Mention.Source.INPUT -> "the input '${reference.name}'"
        else -> "the item"
    }

    companion object {
        /** As people and models read it: texts without quotes, all else as JSON. */
        fun textOf(value: JsonElement): String =
            if (value is JsonPrimitive) value.content else Json.encodeToString(JsonElement.serializer(), value)
    }
}
