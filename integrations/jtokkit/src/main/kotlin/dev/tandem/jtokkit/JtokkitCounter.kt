package dev.tandem.jtokkit

import com.knuddels.jtokkit.Encodings
import com.knuddels.jtokkit.api.EncodingRegistry
import dev.tandem.accounting.TokenCounter

/**
 * Counts as OpenAI's models do, and leaves all other models to [others]. Each table of tokens is loaded when the first text needs it,
 * which takes a moment and some 30 MB, and then shared by all counters; [load] does it beforehand.
 */
public class JtokkitCounter(private val others: TokenCounter) : TokenCounter {
    /** Other models are estimated. */
    public constructor() : this(TokenCounter.ESTIMATE)

    /** What looks like a special token, as `<|endoftext|>`, is text here: providers take it as such in what users say. */
    override fun count(text: String, model: String?): Int {
        val type = model?.let(::encodingOf) ?: return others.count(text, model)
        return TABLES.getEncoding(type).countTokensOrdinary(text)
    }

    /** Whether [model] is counted here, not by the others. */
    public fun knows(model: String): Boolean = encodingOf(model) != null

    /** Loads what [model] needs, so that its first count does not wait for it. Nothing happens for models that are left to the others. */
    public fun load(model: String) {
        encodingOf(model)?.let(TABLES::getEncoding)
    }

    override fun toString(): String = "JtokkitCounter(others by $others)"

    private companion object {
        val TABLES: EncodingRegistry = Encodings.newLazyEncodingRegistry()
    }
}
