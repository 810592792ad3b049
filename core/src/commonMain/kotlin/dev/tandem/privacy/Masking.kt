package dev.tandem.privacy

import dev.tandem.model.TandemDsl
import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/**
 * Keeps what concerns persons from the provider. What a rule finds in the texts of a request, in results of tools and in what
 * tools were asked before, is sent as a placeholder, and comes back as itself: the caller and his tools see nothing of it. The
 * same value has the same placeholder for as long as the client lives. What cannot be masked is not sent: messages with images,
 * audio or files, requests for media, and those of your own making ([dev.tandem.AiClient.send]) are refused unless [allowsMedia].
 *
 * What the model makes of a placeholder is its own affair: one that it changes stays as it wrote it.
 */
public class Masking private constructor(from: Builder) {
    public val rules: List<MaskingRule> = from.rules.ifEmpty { MaskingRule.COMMON }.toList()
    public val allowsMedia: Boolean = from.allowsMedia

    override fun toString(): String = "Masking(${rules.joinToString { it.name }}${if (allowsMedia) ", allowsMedia" else ""})"

    @TandemDsl
    public class Builder internal constructor() {
        @get:JvmSynthetic
        internal val rules = mutableListOf<MaskingRule>()

        /** Whether what is no text is sent as it is. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var allowsMedia: Boolean = false

        /** Without any rule of your own, all of [MaskingRule.COMMON] hold. */
        public fun rule(rule: MaskingRule): Builder = apply {
            require(rules.none { it.name == rule.name }) { "there are two masking rules named '${rule.name}'" }
            rules += rule
        }

        public fun rules(rules: List<MaskingRule>): Builder = apply { rules.forEach(::rule) }

        /** Whether what is no text is sent as it is. */
        public fun allowsMedia(allows: Boolean): Builder = apply { allowsMedia = allows }

        public fun build(): Masking = Masking(this)
    }

    public companion object {
        /** [MaskingRule.COMMON]. */
        @JvmField public val COMMON: Masking = Builder().build()

        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}
