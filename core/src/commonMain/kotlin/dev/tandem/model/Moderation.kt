package dev.tandem.model

/** What was found, input by input. */
public class Moderation(
    /** Who has looked, in the provider's words. */
    public val model: String,
    /** In the order of the inputs. */
    public val results: List<Result>,
) {
    /** Whether anything was found in any of them. */
    public val isFlagged: Boolean get() = results.any { it.isFlagged }

    override fun toString(): String = "Moderation($model, $results)"

    /** What was found in one input. */
    public class Result(
        /** Whether anything was found in it. */
        public val isFlagged: Boolean,
        /** What was found, in the provider's words, such as `violence`. */
        public val categories: Set<String>,
        /** How sure the model is of each that it looks for, from 0 to 1. */
        public val scores: Map<String, Double>,
    ) {
        override fun toString(): String = if (isFlagged) "flagged $categories" else "clean"
    }
}
