package dev.tandem.workflow.format

import dev.tandem.model.Options
import dev.tandem.model.Reasoning
import dev.tandem.model.ResponseFormat
import dev.tandem.model.Timer
import dev.tandem.model.ToolChoice
import kotlinx.serialization.json.JsonObject

/** How an agent asks. Its model and its tools are fields of the agent itself. */
internal class OptionsReader(parts: WorkflowParts) {
    private val policies = PolicyReader(parts)

    fun read(fields: Fields): Options {
        val options = Options.builder()
        with(fields) {
            of("temperature", Spot::double, options::temperature)
            of("topP", Spot::double, options::topP)
            of("topK", Spot::int, options::topK)
            of("maxTokens", Spot::int, options::maxTokens)
            of("stop", Spot::texts) { options.stop(*it.toTypedArray()) }
            of("seed", Spot::long, options::seed)
            of("frequencyPenalty", Spot::double, options::frequencyPenalty)
            of("presencePenalty", Spot::double, options::presencePenalty)
            of("reasoning", ::reasoning, options::reasoning)
            of("responseFormat", ::format, options::responseFormat)
            of("toolChoice", ::choice, options::toolChoice)
            of("toolPolicy", policies::tools, options::toolPolicy)
            of("promptCaching", Spot::boolean, options::promptCaching)
            of("repairs", Spot::int, options::repairs)
            of("user", Spot::text, options::user)
            of("conversation", Spot::text, options::conversation)
            of("caching", Spot::boolean, options::caching)
            of("tags", Spot::items) { tags -> tags.forEach { spot -> spot.text()?.let { spot.trying { options.tag(it) } } } }
            of("metadata", Spot::entries) { all -> all.forEach { (name, spot) -> spot.text()?.let { options.metadata(name, it) } } }
            of("headers", { asSecret().entries() }) { all -> all.forEach { (name, spot) -> header(name, spot, options) } }
            of("extra", { asSecret().entries() }) { all -> all.forEach { (name, spot) -> options.extra(name, spot.json()) } }
            of("timersMillis", Spot::fields) { timers(it, options) }
            of("maxEventBytes", Spot::int, options::maxEventBytes)
            close()
        }
        return options.build()
    }

    private fun header(name: String, spot: Spot, options: Options.Builder) {
        val value = spot.text() ?: return
        spot.trying { options.header(name, value) }
    }

    private fun reasoning(spot: Spot): Reasoning? {
        if (spot.isText) return spot.oneOf(REASONING)
        var reasoning: Reasoning? = null
        spot
            .fields()
            ?.apply {
                needed("maxTokens", "4000")
                of("maxTokens", Spot::int) { reasoning = Reasoning.maxTokens(it) }
            }?.close()
        return reasoning
    }

    private fun format(spot: Spot): ResponseFormat? {
        if (spot.isText) return spot.oneOf(FORMATS)
        val fields = spot.fields() ?: return null
        val name = fields.needed("name", "city")?.text()
        val schema = fields.needed("schema", "{\"type\": \"object\"}")?.let { if (it.entries() == null) null else it.json() as JsonObject }
        fields.close()
        return if (name == null || schema == null) null else ResponseFormat.jsonSchema(name, schema)
    }

    private fun choice(spot: Spot): ToolChoice? {
        if (spot.isText) return spot.oneOf(CHOICES)
        val fields = spot.fields() ?: return null
        val tool = fields.needed("tool", "search")?.text()
        fields.close()
        return tool?.let(ToolChoice::named)
    }

    private fun timers(fields: Fields, options: Options.Builder) {
        for ((name, timer) in TIMERS) fields.of(name, Spot::long) { options.timerMillis(timer, it) }
        fields.close()
    }

    companion object {
        val REASONING =
            listOf(Reasoning.NONE, Reasoning.LOW, Reasoning.MEDIUM, Reasoning.HIGH).associateBy { it.effort.name.lowercase() }
        val FORMATS = mapOf("text" to ResponseFormat.TEXT, "json" to ResponseFormat.JSON)
        val CHOICES = mapOf("auto" to ToolChoice.AUTO, "required" to ToolChoice.REQUIRED, "none" to ToolChoice.NONE)

        /** `firstByte`, as the fields of files are named. */
        val TIMERS = Timer.entries.associateBy { timer ->
            timer.name.lowercase().replace(Regex("_([a-z])")) { it.groupValues[1].uppercase() }
        }
    }
}
