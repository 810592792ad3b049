package dev.tandem.workflow.durable

import kotlinx.serialization.Serializable

/** What somebody said to an approval. */
@Serializable
public class Decision private constructor(
    /** Whether it may go on. */
    public val isYes: Boolean,
    /** Who it was. */
    public val by: String,
    /** What they said to it; null where they said nothing. */
    public val comment: String?,
) {
    override fun toString(): String = "${if (isYes) "yes" else "no"} by $by"

    public companion object {
        /** [by] says who it was, and must not be blank. */
        @JvmStatic
        public fun yes(by: String): Decision = Decision(true, checked(by), null)

        /** The same with a word to it. */
        @JvmStatic
        public fun yes(by: String, comment: String?): Decision = Decision(true, checked(by), comment)

        /** [by] says who it was, and must not be blank. The node fails by an `ApprovalRefusedException`. */
        @JvmStatic
        public fun no(by: String): Decision = Decision(false, checked(by), null)

        /** The same with a word to it. */
        @JvmStatic
        public fun no(by: String, comment: String?): Decision = Decision(false, checked(by), comment)

        /** Under which steps wait for what is said of [node]. */
        @JvmStatic
        public fun nameOf(node: String): String = "approval.$node"

        private fun checked(by: String): String {
            require(by.isNotBlank()) { "a decision names who made it, but this one is by '$by'" }
            return by
        }
    }
}
