package dev.tandem.privacy

import dev.tandem.model.TandemDsl
import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/**
 * Keeps what concerns persons from the provider. What a rule finds in the texts of a request, in results of tools and in what
 * tools were asked before, is sent as a placeholder, and comes back as itself: the caller and his tools see nothing of it. The
 * same value has the same placeholder for as long as the client lives; with a [Builder.secret], wherever that is known. What
 * cannot be masked is not sent: messages with images, audio or files are refused unless [allowsMedia], and so are requests for
 * media and those of your own making ([dev.tandem.AiClient.send]) in whose texts a rule finds something.
 *
 * What the model makes of a placeholder is its own affair: one that it changes stays as it wrote it. What programs say, such as
 * the descriptions of tools, is not looked at.
 */
public class Masking private constructor(from: Builder) {
    /** Those that were set, or else [MaskingRule.COMMON]. */
    public val rules: List<MaskingRule> = from.rules.ifEmpty { MaskingRule.COMMON }.toList()

    /** Whether what is no text is sent as it is. */
    public val allowsMedia: Boolean = from.allowsMedia

    @get:JvmSynthetic
    internal val secret: String? = from.secret

    override fun toString(): String = "Masking(${rules.joinToString { it.name }}${if (allowsMedia) ", allowsMedia" else ""})"

    /** What is masked, and what may pass. No two rules may have one name. */
    @TandemDsl
    public class Builder internal constructor() {
        @get:JvmSynthetic
        internal val rules = mutableListOf<MaskingRule>()

        /** Whether what is no text is sent as it is. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var allowsMedia: Boolean = false

        @get:JvmSynthetic
        internal var secret: String? = null

        /** Without any rule of your own, all of [MaskingRule.COMMON] hold. */
        public fun rule(rule: MaskingRule): Builder = apply {
            require(rules.none { it.name == rule.name }) { "there are two masking rules named '${rule.name}'" }
            rules += rule
        }

        /** All of [rules], besides those that were added before. */
        public fun rules(rules: List<MaskingRule>): Builder = apply { rules.forEach(::rule) }

        /** Whether what is no text is sent as it is. */
        public fun allowsMedia(allows: Boolean): Builder = apply { allowsMedia = allows }

        /**
         * Has the same value the same placeholder in every client with this [secret], of at least 16 characters: for caches,
         * vectors and conversations that outlive a client. Whoever knows it can try out what a placeholder stands for.
         */
        public fun secret(secret: String): Builder = apply {
            require(
                secret.length >= SHORTEST,
            ) { "the secret of a masking must have at least $SHORTEST characters, but has ${secret.length}" }
            this.secret = secret
        }

        /** What is set later does not change it. */
        public fun build(): Masking = Masking(this)
    }

    public companion object {
        private const val SHORTEST = 16

        /** [MaskingRule.COMMON]. */
        @JvmField public val COMMON: Masking = Builder().build()

        /** Begins without rules of your own. */
        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}
