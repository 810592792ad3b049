@file:JvmName("-Options")

package dev.tandem.model

import kotlinx.serialization.json.JsonElement
import kotlin.jvm.JvmField
import kotlin.jvm.JvmName
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic
import kotlin.time.Duration

/**
 * How a call is to be answered. Everything is optional: what is null here is left to the client's own options, and what
 * is null there to the provider.
 */
public class Options internal constructor(from: OptionsBuilder<*>) {
    /** Who is to answer, in the provider's words. */
    public val model: String? = from.model

    /** How freely words are chosen, from 0 to 2. */
    public val temperature: Double? = from.temperature

    /** Words are chosen from the likeliest, which together have this share: from 0 to 1. */
    public val topP: Double? = from.topP

    /** Words are chosen from so many of the likeliest. */
    public val topK: Int? = from.topK

    /** The most tokens that the answer may have. */
    public val maxTokens: Int? = from.maxTokens

    /** Texts at which the model stops; they are not part of the answer. */
    public val stop: List<String> = from.stop.frozen()

    /** The same seed is to give the same answer, as far as the provider can. */
    public val seed: Long? = from.seed

    /** How much a word is held back for each time it was said, from -2 to 2. */
    public val frequencyPenalty: Double? = from.frequencyPenalty

    /** How much a word is held back for having been said, from -2 to 2. */
    public val presencePenalty: Double? = from.presencePenalty

    /** The shape that the answer must have. */
    public val responseFormat: ResponseFormat? = from.responseFormat

    /** The tools that the model may ask for. */
    public val tools: List<ToolDefinition> = from.tools.frozen()

    /** Whether the model may, must or must not ask for a tool. */
    public val toolChoice: ToolChoice? = from.toolChoice

    /** An id of your end user, passed on to the provider. */
    public val user: String? = from.user

    /** Kept beside the call by providers that keep such. */
    public val metadata: Map<String, String> = from.metadata.frozen()

    /** Sent with the call, in place of those that the client would send itself. */
    public val headers: Map<String, String> = from.headers.frozen()

    /** Fields of the request's JSON that this library does not name. */
    public val extra: Map<String, JsonElement> = from.extra.frozen()

    /** How much the model may think before it speaks. */
    public val reasoning: Reasoning? = from.reasoning

    /** Whether the provider may keep the beginning of the prompt for the next call, where that must be asked for. */
    public val promptCaching: Boolean? = from.promptCaching

    /** How the tools are run that the client runs itself; null for [ToolPolicy.DEFAULT]. */
    public val toolPolicy: ToolPolicy? = from.toolPolicy

    /** How often an answer that is not what it should be goes back to the model; null for twice. */
    public val repairs: Int? = from.repairs

    /** The longest line or event of a stream that is taken, in bytes; null for 16 MB. */
    public val maxEventBytes: Int? = from.maxEventBytes

    /** Under these the call is booked in the client's statistics and budgets. */
    public val tags: Set<String> = if (from.tags.isEmpty()) emptySet() else from.tags.toSet()

    /** Whether the client's cache may answer, and keep the answer; null for yes, if the client has one. */
    public val caching: Boolean? = from.caching

    /** Calls of one conversation go to the same one of several targets, as long as that answers. */
    public val conversation: String? = from.conversation

    /** The model may ask for one. */
    @get:JvmSynthetic
    internal val offersTools: Boolean get() = tools.isNotEmpty() && toolChoice != ToolChoice.NONE

    @get:JvmSynthetic
    internal val timers: Map<Timer, Duration> = from.timers.frozen()

    /** The whole call's time, or null. */
    @get:JvmSynthetic
    public val timeout: Duration? get() = timers[Timer.TOTAL]

    /** The whole call's time in milliseconds, or null. */
    public val timeoutMillis: Long? get() = timeout?.inWholeMilliseconds

    /** What was set for [timer], or else what holds for every call; null for no limit. */
    @JvmSynthetic
    public fun limitOf(timer: Timer): Duration? = timers[timer] ?: timer.defaultLimit

    /** [limitOf] in milliseconds. */
    public fun limitMillisOf(timer: Timer): Long? = limitOf(timer)?.inWholeMilliseconds

    /** The same again, to be changed. */
    public fun newBuilder(): Builder = Builder().options(this)

    /** These options, and [defaults] where they say nothing. Headers, metadata and extra fields are merged name by name. */
    public fun withDefaults(defaults: Options): Options = when {
        defaults === NONE || defaults === this -> this
        this === NONE -> defaults
        else -> defaults.newBuilder().options(this).build()
    }

    /** The same options, what they say to the provider about a person changed by [text]. */
    @JvmSynthetic
    internal fun mapTexts(text: (String) -> String): Options = newBuilder()
        .also { copy ->
            user?.let { copy.user = text(it) }
            metadata.forEach { (name, value) -> copy.metadata(name, text(value)) }
            extra.forEach { (name, value) -> copy.extra(name, value.mapTexts(text)) }
        }.build()

    /** Names what is set. Of headers and extra fields only the names: they may carry credentials. */
    override fun toString(): String = named()
        .mapNotNull { (name, value) ->
            when (value) {
                null, emptyList<Any>(), emptySet<Any>(), emptyMap<Any, Any>() -> null
                else -> "$name=${if (name in NAMES_ONLY) (value as Map<*, *>).keys else value}"
            }
        }.joinToString(prefix = "Options(", postfix = ")")

    override fun equals(other: Any?): Boolean = this === other || (other is Options && named() == other.named())

    override fun hashCode(): Int = named().hashCode()

    private fun named(): List<Pair<String, Any?>> = listOf(
        "model" to model,
        "temperature" to temperature,
        "topP" to topP,
        "topK" to topK,
        "maxTokens" to maxTokens,
        "stop" to stop,
        "seed" to seed,
        "frequencyPenalty" to frequencyPenalty,
        "presencePenalty" to presencePenalty,
        "responseFormat" to responseFormat,
        "tools" to tools,
        "toolChoice" to toolChoice,
        "user" to user,
        "metadata" to metadata,
        "headers" to headers,
        "extra" to extra,
        "reasoning" to reasoning,
        "promptCaching" to promptCaching,
        "toolPolicy" to toolPolicy,
        "repairs" to repairs,
        "maxEventBytes" to maxEventBytes,
        "timers" to timers,
        "tags" to tags,
        "caching" to caching,
        "conversation" to conversation,
    )

    /** Options that belong to no request yet. */
    public class Builder internal constructor() : OptionsBuilder<Builder>() {
        /** What is set later does not change it. */
        public fun build(): Options = toOptions()
    }

    public companion object {
        private val NAMES_ONLY = setOf("headers", "extra")

        /** Everything left open. */
        @JvmField public val NONE: Options = Builder().build()

        /** Begins with [NONE]. */
        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}

/** [Options] in one expression: `options { temperature = 0.2 }`. */
@JvmSynthetic
public fun options(build: Options.Builder.() -> Unit): Options = Options.builder().apply(build).build()
