package dev.tandem.provider.anthropic

/**
 * Which of Anthropic's models it is, as far as requests must differ. The old ones are known and will be no more; a name that
 * says nothing is a new model's, and one that is not Anthropic's at all is taken for an old one, whose wire others copied.
 */
internal class ModelVersion private constructor(private val number: Int) {
    /** How much to think is said as a number of tokens. */
    val takesBudget: Boolean get() = number <= BOTH

    /** How much to think is said as an effort. */
    val takesEffort: Boolean get() = number >= BOTH

    companion object {
        /** 4.6, which takes either. */
        private const val BOTH = 46
        private const val MAJOR = 10

        /** `claude-3-7-sonnet-…`, `claude-sonnet-4-…`, `claude-opus-4-6`; eight digits are a date. */
        private val NAME = Regex("claude-(?:[a-z]+-)?(\\d)(?:[.-](\\d))?(?!\\d)")

        fun of(model: String): ModelVersion {
            if ("claude" !in model) return ModelVersion(0)
            val (major, minor) = NAME.find(model)?.destructured ?: return ModelVersion(Int.MAX_VALUE)
            return ModelVersion(major.toInt() * MAJOR + (minor.toIntOrNull() ?: 0))
        }
    }
}
