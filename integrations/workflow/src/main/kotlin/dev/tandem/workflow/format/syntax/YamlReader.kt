package dev.tandem.workflow.format.syntax

import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonPrimitive
import org.snakeyaml.engine.v2.api.LoadSettings
import org.snakeyaml.engine.v2.api.lowlevel.Parse
import org.snakeyaml.engine.v2.events.AliasEvent
import org.snakeyaml.engine.v2.events.Event
import org.snakeyaml.engine.v2.events.MappingEndEvent
import org.snakeyaml.engine.v2.events.MappingStartEvent
import org.snakeyaml.engine.v2.events.NodeEvent
import org.snakeyaml.engine.v2.events.ScalarEvent
import org.snakeyaml.engine.v2.events.SequenceEndEvent
import org.snakeyaml.engine.v2.events.SequenceStartEvent
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException
import org.snakeyaml.engine.v2.exceptions.YamlEngineException

/**
 * YAML 1.2 by its core schema: `no` is a text, `012` is twelve. Made of events, so that nothing of what a text is made for
 * (depth, aliases of aliases, tags that name classes) gets as far as a tree.
 */
internal class YamlReader(text: String) {
    private val events = Parse(LoadSettings.builder().setCodePointLimit(Limits.CHARS).build()).parseString(text).iterator()
    private val anchored = HashMap<String, Said>()

    fun read(): Said = try {
        document()
    } catch (e: MarkedYamlEngineException) {
        val line = e.problemMark.map { it.line + 1 }.orElse(0)
        throw SyntaxException(line, listOfNotNull(e.context, e.problem).joinToString(", "))
    } catch (e: YamlEngineException) {
        throw SyntaxException(0, e.message?.lineSequence()?.first() ?: "it cannot be read")
    }

    private fun document(): Said {
        var said: Said? = null
        while (events.hasNext()) {
            val event = events.next()
            if (event !is NodeEvent) continue
            if (said != null) throw SyntaxException(lineOf(event), "there is a second document: a file holds one workflow")
            said = value(event, 1)
        }
        return said ?: throw SyntaxException(0, "it is empty")
    }

    private fun value(event: Event, depth: Int): Said {
        val line = lineOf(event)
        if (depth > Limits.DEPTH) throw Limits.tooDeep(line)
        if (event is AliasEvent) return again(event, depth)
        val said = when (event) {
            is ScalarEvent -> Said.Scalar(scalar(event, line), line)
            is SequenceStartEvent -> sequence(event, line, depth)
            is MappingStartEvent -> mapping(event, line, depth)
            else -> error("$event is no value")
        }
        if (said.size > Limits.VALUES) throw SyntaxException(line, "aliases say more than ${Limits.VALUES} values here")
        (event as NodeEvent).anchor.ifPresent { anchored[it.value] = said }
        return said
    }

    /** An anchor is known when its value is over, so no value holds itself. */
    private fun again(alias: AliasEvent, depth: Int): Said {
        val said =
            anchored[alias.alias.value] ?: throw SyntaxException(lineOf(alias), "*${alias.alias.value} names no value that is over by then")
        if (depth + said.height > Limits.DEPTH) throw Limits.tooDeep(lineOf(alias))
        return said
    }

    private fun sequence(start: SequenceStartEvent, line: Int, depth: Int): Said {
        checkTag(start.tag.orElse(null), "seq", line)
        val items = ArrayList<Said>()
        while (true) {
            val event = events.next()
            if (event is SequenceEndEvent) return Said.Sequence(items, line)
            items += value(event, depth + 1)
        }
    }

    private fun mapping(start: MappingStartEvent, line: Int, depth: Int): Said {
        checkTag(start.tag.orElse(null), "map", line)
        val fields = LinkedHashMap<String, Said.Field>()
        while (true) {
            val event = events.next()
            if (event is MappingEndEvent) return Said.Mapping(fields, line)
            val named = lineOf(event)
            val name = nameOf(event, named)
            val earlier = fields.put(name, Said.Field(value(events.next(), depth + 1), named)) ?: continue
            throw SyntaxException(named, "'${Said.excerpt(name)}' is said twice, first in line ${earlier.line}: leave one of them out")
        }
    }

    /** As it is written: `1`, `no` and `null` name fields like any other word. */
    private fun nameOf(event: Event, line: Int): String {
        if (event !is ScalarEvent) throw SyntaxException(line, "a list, an object or an alias is no name of a field: write a text")
        if (event.isPlain && event.value == MERGE) throw SyntaxException(line, "$MERGE is no part of YAML 1.2: write the fields out")
        return Texts.checked(event.value, line)
    }

    private fun scalar(event: ScalarEvent, line: Int): JsonPrimitive {
        val text = event.value
        return when (val tag = event.tag.orElse(null)) {
            null -> if (event.isPlain) plain(text, line) else JsonPrimitive(Texts.checked(text, line))
            "!", "${OURS}str" -> JsonPrimitive(Texts.checked(text, line))
            else -> plain(text, line).takeIf { it.fits(tag) } ?: throw noTag(tag, line)
        }
    }

    private fun plain(text: String, line: Int): JsonPrimitive = when (text) {
        "", "~", "null", "Null", "NULL" -> JsonNull
        "true", "True", "TRUE" -> JsonPrimitive(true)
        "false", "False", "FALSE" -> JsonPrimitive(false)
        else -> Numbers.ofYaml(text, line) ?: JsonPrimitive(Texts.checked(text, line))
    }

    private fun JsonPrimitive.fits(tag: String): Boolean = when (tag.removePrefix(OURS)) {
        "null" -> this is JsonNull
        "bool" -> !isString && (content == "true" || content == "false")
        "int" -> Numbers.isJson(content) && !isString && content.all { it == '-' || it.isDigit() }
        "float" -> Numbers.isJson(content) && !isString
        else -> false
    }

    private fun checkTag(tag: String?, usual: String, line: Int) {
        if (tag != null && tag != "!" && tag != OURS + usual) throw noTag(tag, line)
    }

    private fun noTag(tag: String, line: Int) =
        SyntaxException(line, "the tag ${Said.excerpt(tag.replace(OURS, "!!"))} does not fit here: leave it out")

    private fun lineOf(event: Event) = event.startMark.map { it.line + 1 }.orElse(0)

    private companion object {
        const val OURS = "tag:yaml.org,2002:"
        const val MERGE = "<<"
    }
}
