package dev.tandem.workflow.durable

import kotlinx.serialization.Serializable

/** What somebody said to an approval. */
@Serializable
public class Decision private constructor(
    public val isYes: Boolean,
    /** Who it was. */
    public val by: String,
    public val comment: String?,
) {
    override fun toString(): String = "${if (isYes) "yes" else "no"} by $by"

    public companion object {
        @JvmStatic
        public fun yes(by: String): Decision = Decision(true, checked(by), null)

        @JvmStatic
        public fun yes(by: String, comment: String?): Decision = Decision(true, checked(by), comment)

        @JvmStatic
        public fun no(by: String): Decision = Decision(false, checked(by), null)

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
