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
    public val model: String? = from.model
    public val temperature: Double? = from.temperature
    public val topP: Double? = from.topP
    public val topK: Int? = from.topK
    public val maxTokens: Int? = from.maxTokens
    public val stop: List<String> = from.stop.frozen()
    public val seed: Long? = from.seed
    public val frequencyPenalty: Double? = from.frequencyPenalty
    public val presencePenalty: Double? = from.presencePenalty
    public val responseFormat: ResponseFormat? = from.responseFormat
    public val tools: List<ToolDefinition> = from.tools.frozen()
    public val toolChoice: ToolChoice? = from.toolChoice
    public val user: String? = from.user
    public val metadata: Map<String, String> = from.metadata.frozen()
    public val headers: Map<String, String> = from.headers.frozen()
    public val extra: Map<String, JsonElement> = from.extra.frozen()

    public val reasoning: Reasoning? = from.reasoning
    public val promptCaching: Boolean? = from.promptCaching
    public val toolPolicy: ToolPolicy? = from.toolPolicy
    public val repairs: Int? = from.repairs
    public val maxEventBytes: Int? = from.maxEventBytes

    /** Under these the call is booked in the client's statistics and budgets. */
    public val tags: Set<String> = if (from.tags.isEmpty()) emptySet() else from.tags.toSet()
    public val caching: Boolean? = from.caching
    public val conversation: String? = from.conversation

    /** The model may ask for one. */
    @get:JvmSynthetic
    internal val offersTools: Boolean get() = tools.isNotEmpty() && toolChoice != ToolChoice.NONE

    @get:JvmSynthetic
    internal val timers: Map<Timer, Duration> = from.timers.frozen()

    @get:JvmSynthetic
    public val timeout: Duration? get() = timers[Timer.TOTAL]

    /** The whole call's time in milliseconds, or null. */
    public val timeoutMillis: Long? get() = timeout?.inWholeMilliseconds

    /** What was set for [timer], or else what holds for every call; null for no limit. */
    @JvmSynthetic
    public fun limitOf(timer: Timer): Duration? = timers[timer] ?: timer.defaultLimit

    /** [limitOf] in milliseconds. */
    public fun limitMillisOf(timer: Timer): Long? = limitOf(timer)?.inWholeMilliseconds

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

    public class Builder internal constructor() : OptionsBuilder<Builder>() {
        public fun build(): Options = toOptions()
    }

    public companion object {
        private val NAMES_ONLY = setOf("headers", "extra")

        /** Everything left open. */
        @JvmField public val NONE: Options = Builder().build()

        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}

/** [Options] in one expression: `options { temperature = 0.2 }`. */
@JvmSynthetic
public fun options(build: Options.Builder.() -> Unit): Options = Options.builder().apply(build).build()
