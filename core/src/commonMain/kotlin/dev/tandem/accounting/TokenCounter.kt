package dev.tandem.accounting

import kotlin.jvm.JvmField

/** How many tokens a text has for a model. Asked before each call where tokens are limited, so it should be quick. */
public fun interface TokenCounter {
    /** How many tokens [text] has for [model], which is null where nobody has named one. Many calls ask at once. */
    public fun count(text: String, model: String?): Int

    /** Counters that need nothing else. */
    public companion object {
        /** Needs no table, knows no model, and is mostly within a fifth of what providers count. */
        @JvmField
        public val ESTIMATE: TokenCounter = TokenCounter { text, _ -> estimateOf(text) }
    }
}
