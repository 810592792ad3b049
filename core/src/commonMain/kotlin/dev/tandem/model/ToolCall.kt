package dev.tandem.model

/**
 * The model asks for one of the tools to be run.
 *
 * @property id by this the result says which call it is of.
 * @property name the tool that is meant, as its definition calls it.
 * @property arguments JSON text as the model wrote it, so possibly invalid.
 */
public class ToolCall(public val id: String, public val name: String, public val arguments: String) {
    override fun equals(other: Any?): Boolean = other is ToolCall && id == other.id && name == other.name && arguments == other.arguments

    override fun hashCode(): Int = 31 * (31 * id.hashCode() + name.hashCode()) + arguments.hashCode()

    override fun toString(): String = "ToolCall($id, $name($arguments))"
}
