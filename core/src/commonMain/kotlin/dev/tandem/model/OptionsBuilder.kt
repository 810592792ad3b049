package dev.tandem.model

import kotlinx.serialization.json.JsonElement
import kotlin.jvm.JvmSynthetic

/**
 * Collects [Options]. Whatever takes options extends it, so they are set the same way on a call, a request and a client:
 * as properties from Kotlin, as chained methods from Java. A value out of range is refused the moment it is set.
 */
@TandemDsl
public abstract class OptionsBuilder<B : OptionsBuilder<B>> protected constructor() : CallBuilder<B>() {
    /** Who is to answer, in the provider's words; not blank. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var model: String? = null
        set(value) {
            require(value == null || value.isNotBlank()) { "model must not be blank, but is '$value'" }
            field = value
        }

    /** How freely words are chosen, from 0 to 2; many providers allow less. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var temperature: Double? = null
        set(value) {
            field = value.within("temperature", 0.0, 2.0)
        }

    /** Words are chosen from the likeliest, which together have this share: from 0 to 1. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var topP: Double? = null
        set(value) {
            field = value.within("topP", 0.0, 1.0)
        }

    /** Words are chosen from so many of the likeliest, at least 1. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var topK: Int? = null
        set(value) {
            field = value.atLeastOne("topK")
        }

    /** The most tokens that the answer may have, at least 1. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var maxTokens: Int? = null
        set(value) {
            field = value.atLeastOne("maxTokens")
        }

    /** The same seed is to give the same answer, as far as the provider can. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var seed: Long? = null

    /** How much a word is held back for each time it was said, from -2 to 2. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var frequencyPenalty: Double? = null
        set(value) {
            field = value.within("frequencyPenalty", -2.0, 2.0)
        }

    /** How much a word is held back for having been said, from -2 to 2. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var presencePenalty: Double? = null
        set(value) {
            field = value.within("presencePenalty", -2.0, 2.0)
        }

    /** The shape that the answer must have. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var responseFormat: ResponseFormat? = null

    /** Whether the model may, must or must not ask for a tool. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var toolChoice: ToolChoice? = null

    /** An id of your end user, passed on to the provider. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var user: String? = null

    /** How much the model may think before it speaks. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var reasoning: Reasoning? = null

    /** Whether the provider may keep the beginning of the prompt for the next call, where that must be asked for. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var promptCaching: Boolean? = null

    /** How the tools are run that the client runs itself; null for [ToolPolicy.DEFAULT]. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var toolPolicy: ToolPolicy? = null

    /** How often an answer that is not what it should be goes back to the model, with what is wrong; null for twice. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var repairs: Int? = null
        set(value) {
            require(value == null || value >= 0) { "repairs must not be negative, but is $value" }
            field = value
        }

    @get:JvmSynthetic
    internal val stop = mutableListOf<String>()

    @get:JvmSynthetic
    internal val tools = mutableListOf<ToolDefinition>()

    @get:JvmSynthetic
    internal val metadata = mutableMapOf<String, String>()

    @get:JvmSynthetic
    internal val extra = mutableMapOf<String, JsonElement>()

    /** Who is to answer, in the provider's words. */
    public fun model(model: String?): B = set { this.model = model }

    /** How freely words are chosen, from 0 to 2. */
    public fun temperature(temperature: Double?): B = set { this.temperature = temperature }

    /** Words are chosen from the likeliest, which together have this share: from 0 to 1. */
    public fun topP(topP: Double?): B = set { this.topP = topP }

    /** Words are chosen from so many of the likeliest, at least 1. */
    public fun topK(topK: Int?): B = set { this.topK = topK }

    /** The most tokens that the answer may have, at least 1. */
    public fun maxTokens(maxTokens: Int?): B = set { this.maxTokens = maxTokens }

    /** The same seed is to give the same answer, as far as the provider can. */
    public fun seed(seed: Long?): B = set { this.seed = seed }

    /** How much a word is held back for each time it was said, from -2 to 2. */
    public fun frequencyPenalty(penalty: Double?): B = set { frequencyPenalty = penalty }

    /** How much a word is held back for having been said, from -2 to 2. */
    public fun presencePenalty(penalty: Double?): B = set { presencePenalty = penalty }

    /** The shape that the answer must have. */
    public fun responseFormat(format: ResponseFormat?): B = set { responseFormat = format }

    /** Whether the model may, must or must not ask for a tool. */
    public fun toolChoice(choice: ToolChoice?): B = set { toolChoice = choice }

    /** An id of your end user, passed on to the provider. */
    public fun user(user: String?): B = set { this.user = user }

    /** How much the model may think before it speaks. */
    public fun reasoning(reasoning: Reasoning?): B = set { this.reasoning = reasoning }

    /** Whether the provider may keep the beginning of the prompt for the next call, where that must be asked for. */
    public fun promptCaching(isWanted: Boolean?): B = set { promptCaching = isWanted }

    /** How the tools are run that the client runs itself. */
    public fun toolPolicy(policy: ToolPolicy?): B = set { toolPolicy = policy }

    /** How often an answer that is not what it should be goes back to the model, with what is wrong. */
    public fun repairs(times: Int?): B = set { repairs = times }

    /** Texts at which the model stops; they are not part of the answer. Replaces earlier ones. */
    public fun stop(vararg texts: String): B = set {
        texts.forEach { require(it.isNotEmpty()) { "a stop text must not be empty" } }
        stop.clear()
        stop += texts
    }

    /** Adds a tool that the model may ask for; no other may have its name. */
    public fun tool(tool: ToolDefinition): B = set {
        require(tools.none { it.name == tool.name }) { "there are two tools named '${tool.name}'" }
        tools += tool
    }

    /** The tools a model may ask for. */
    public fun tools(tools: List<ToolDefinition>): B = set { tools.forEach(::tool) }

    /** Kept beside the call by providers that keep such. */
    public fun metadata(name: String, value: String): B = set { metadata[name] = value }

    /** A field of the request's JSON that this library does not name: text, number, boolean, null, list, map or [JsonElement]. */
    public fun extra(name: String, value: Any?): B = set { extra[name] = jsonOf(value) }

    /** Takes over all that [options] say, and leaves what they leave open. */
    public fun options(options: Options): B = set {
        options.model?.let { model = it }
        options.temperature?.let { temperature = it }
        options.topP?.let { topP = it }
        options.topK?.let { topK = it }
        options.maxTokens?.let { maxTokens = it }
        options.seed?.let { seed = it }
        options.frequencyPenalty?.let { frequencyPenalty = it }
        options.presencePenalty?.let { presencePenalty = it }
        options.responseFormat?.let { responseFormat = it }
        options.toolChoice?.let { toolChoice = it }
        options.user?.let { user = it }
        options.reasoning?.let { reasoning = it }
        options.promptCaching?.let { promptCaching = it }
        options.toolPolicy?.let { toolPolicy = it.over(toolPolicy) }
        options.repairs?.let { repairs = it }
        if (options.stop.isNotEmpty()) stop(*options.stop.toTypedArray())
        if (options.tools.isNotEmpty()) {
            tools.clear()
            tools += options.tools
        }
        metadata += options.metadata
        extra += options.extra
        takeOver(options)
    }

    /** What has been set so far. */
    public fun toOptions(): Options = Options(this)

    @Suppress("UNCHECKED_CAST")
    private inline fun set(change: OptionsBuilder<B>.() -> Unit): B {
        change()
        return this as B
    }

    private companion object {
        fun Double?.within(name: String, low: Double, high: Double): Double? {
            require(this == null || this in low..high) { "$name must be between $low and $high, but is $this" }
            return this
        }

        fun Int?.atLeastOne(name: String): Int? {
            require(this == null || this >= 1) { "$name must be at least 1, but is $this" }
            return this
        }
    }
}
