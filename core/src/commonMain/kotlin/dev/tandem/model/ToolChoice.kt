package dev.tandem.model

import kotlin.jvm.JvmField
import kotlin.jvm.JvmStatic

/** Whether the model may, must or must not ask for a tool. */
public sealed class ToolChoice {
    private class Rule(private val name: String) : ToolChoice() {
        override fun toString(): String = name
    }

    /**
     * It must ask for this tool.
     *
     * @property name the tool that is meant, as its definition calls it.
     */
    public class Named internal constructor(public val name: String) : ToolChoice() {
        override fun equals(other: Any?): Boolean = other is Named && name == other.name

        override fun hashCode(): Int = name.hashCode()

        override fun toString(): String = "NAMED($name)"
    }

    public companion object {
        /** The model decides. */
        @JvmField public val AUTO: ToolChoice = Rule("AUTO")

        /** It must ask for one of the tools. */
        @JvmField public val REQUIRED: ToolChoice = Rule("REQUIRED")

        /** It must not ask for any. */
        @JvmField public val NONE: ToolChoice = Rule("NONE")

        /** It must ask for the tool named [tool]. */
        @JvmStatic
        public fun named(tool: String): ToolChoice = Named(tool)
    }
}
