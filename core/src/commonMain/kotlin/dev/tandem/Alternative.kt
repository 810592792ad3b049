package dev.tandem

import dev.tandem.model.TandemDsl
import dev.tandem.provider.Provider
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/** Another provider that may answer a client's calls, and by which models. */
public class Alternative private constructor(from: Builder) {
    @get:JvmSynthetic
    internal val provider: Provider = from.provider

    /** Null for the provider's default, or for the call's model where it has none. */
    public val model: String? = from.model

    /** Null where it makes no vectors. */
    public val embeddingModel: String? = from.embeddingModel

    /** How large its share is, where shares are given out; 1 unless set. */
    public val weight: Int = from.weight

    /** Whether it may make vectors. */
    @get:JvmSynthetic
    internal val embeds: Boolean get() = embeddingModel != null

    override fun toString(): String = "Alternative(${provider.name}, ${model ?: "its own model"})"

    /** By which models it answers, and how large its share is. */
    @TandemDsl
    public class Builder internal constructor(internal val provider: Provider) {
        /** Null for the provider's default, or for the call's model where it has none. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var model: String? = null

        /** Null where it is to make no vectors: those of two models do not compare. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var embeddingModel: String? = null

        /** How large its share is, where shares are given out; the client's own provider has 1 unless set. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var weight: Int = 1
            set(value) {
                require(value >= 1) { "weight must be at least 1, but is $value" }
                field = value
            }

        /** Null for the provider's default. */
        public fun model(model: String?): Builder = apply { this.model = model }

        /** Null where it is to make no vectors: those of two models do not compare. */
        public fun embeddingModel(model: String?): Builder = apply { embeddingModel = model }

        /** How large its share is, where shares are given out. */
        public fun weight(weight: Int): Builder = apply { this.weight = weight }

        /** What is set later does not change it. */
        public fun build(): Alternative = Alternative(this)
    }

    public companion object {
        /** With the models that [provider] takes by itself, and no vectors. */
        @JvmStatic
        public fun builder(provider: Provider): Builder = Builder(provider)

        /** The same with nothing set. */
        @JvmStatic
        public fun of(provider: Provider): Alternative = Builder(provider).build()
    }
}
