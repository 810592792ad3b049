package dev.tandem.model

import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic

/** Whether the model may, must or must not ask for a tool. */
public sealed class ToolChoice {
    private class Rule(private val name: String) : ToolChoice() {
        override fun toString(): String = name
    }

    /** It must ask for this tool. */
    public class Named internal constructor(public val name: String) : ToolChoice() {
        override fun equals(other: Any?): Boolean = other is Named && name == other.name

        override fun hashCode(): Int = name.hashCode()

        override fun toString(): String = "NAMED($name)"
    }

    public companion object {
        @JvmField public val AUTO: ToolChoice = Rule("AUTO")

        @JvmField public val REQUIRED: ToolChoice = Rule("REQUIRED")

        @JvmField public val NONE: ToolChoice = Rule("NONE")

        @JvmStatic
        public fun named(tool: String): ToolChoice = Named(tool)
    }
}
