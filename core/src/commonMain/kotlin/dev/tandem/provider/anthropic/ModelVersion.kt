package dev.tandem.provider.anthropic

/**
 * Which of Anthropic's models it is, as far as requests must differ. The old ones are known and will be no more; a name that
 * says nothing is a new model's, and one that is not Anthropic's at all is taken for an old one, whose wire others copied.
 */
internal class ModelVersion private constructor(
    private val number: Int,
    /** To be told not to think is an error to it. */
    val alwaysThinks: Boolean,
) {
    /** How much to think is said as a number of tokens. */
    val takesBudget: Boolean get() = number <= BOTH

    /** How much to think is said as an effort. */
    val takesEffort: Boolean get() = number >= BOTH

    /** Its answers can be held to a schema. */
    val takesSchema: Boolean get() = number >= FIRST_WITH_SCHEMA

    companion object {
        private const val FIRST_WITH_SCHEMA = 45

        /** 4.6, which takes either. */
        private const val BOTH = 46
        private const val MAJOR = 10
        private val RESTLESS = listOf("claude-fable", "claude-mythos")

        /** `claude-3-7-sonnet-…`, `claude-sonnet-4-…`, `claude-opus-4-6`; eight digits are a date. */
        private val NAME = Regex("claude-(?:[a-z]+-)?(\\d)(?:[.-](\\d))?(?!\\d)")

        fun of(model: String): ModelVersion {
            if ("claude" !in model) return ModelVersion(0, alwaysThinks = false)
            val number = NAME.find(model)?.destructured?.let { (major, minor) -> major.toInt() * MAJOR + (minor.toIntOrNull() ?: 0) }
            return ModelVersion(number ?: Int.MAX_VALUE, RESTLESS.any { it in model })
        }
    }
}
