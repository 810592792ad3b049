package dev.tandem.model

/**
 * What arrives while the model speaks. A stream that ends well ends with exactly one [Completed]; any other end is an
 * exception.
 */
public sealed class ChatEvent {
    /** The new piece of the answer, "" in events that carry none, so that a printer need not ask what it got. */
    public open val text: String get() = ""

    /** A piece of the answer. */
    public class Text(override val text: String) : ChatEvent() {
        override fun equals(other: Any?): Boolean = other is Text && text == other.text

        override fun hashCode(): Int = text.hashCode()

        override fun toString(): String = "Text($text)"
    }

    /**
     * A piece of what the model thinks before it speaks.
     *
     * @property reasoning the new piece.
     */
    public class Reasoning(public val reasoning: String) : ChatEvent() {
        override fun equals(other: Any?): Boolean = other is Reasoning && reasoning == other.reasoning

        override fun hashCode(): Int = reasoning.hashCode()

        override fun toString(): String = "Reasoning($reasoning)"
    }

    /**
     * A piece of a refusal, which is not the answer.
     *
     * @property refusal the new piece.
     */
    public class Refusal(public val refusal: String) : ChatEvent() {
        override fun equals(other: Any?): Boolean = other is Refusal && refusal == other.refusal

        override fun hashCode(): Int = refusal.hashCode()

        override fun toString(): String = "Refusal($refusal)"
    }

    /**
     * A piece of a tool call.
     *
     * @property index counts the calls of one answer, from 0.
     * @property id the same in all pieces of a call, also where the provider gives none.
     * @property name the tool that is meant; "" until the provider has said it.
     * @property arguments the new piece of the JSON.
     */
    public class ToolCallDelta(public val index: Int, public val id: String, public val name: String, public val arguments: String) :
        ChatEvent() {
        override fun equals(other: Any?): Boolean =
            other is ToolCallDelta && index == other.index && id == other.id && name == other.name && arguments == other.arguments

        override fun hashCode(): Int = 31 * (31 * index + id.hashCode()) + arguments.hashCode()

        override fun toString(): String = "ToolCallDelta($index, $id, $name, $arguments)"
    }

    /**
     * A tool that the client runs itself begins.
     *
     * @property call what the model has asked for.
     */
    public class ToolStarted(public val call: ToolCall) : ChatEvent() {
        override fun equals(other: Any?): Boolean = other is ToolStarted && call == other.call

        override fun hashCode(): Int = call.hashCode()

        override fun toString(): String = "ToolStarted($call)"
    }

    /**
     * It is done.
     *
     * @property call what the model has asked for.
     * @property result what the model gets to read.
     * @property isError whether [result] tells of a failure.
     */
    public class ToolFinished(public val call: ToolCall, public val result: String, public val isError: Boolean) : ChatEvent() {
        override fun equals(other: Any?): Boolean =
            other is ToolFinished && call == other.call && result == other.result && isError == other.isError

        override fun hashCode(): Int = 31 * call.hashCode() + result.hashCode()

        override fun toString(): String = "ToolFinished($call, $result)"
    }

    /**
     * The tokens so far. Replaces what an earlier one said.
     *
     * @property usage all of this answer until now.
     */
    public class UsageUpdate(public val usage: Usage) : ChatEvent() {
        override fun equals(other: Any?): Boolean = other is UsageUpdate && usage == other.usage

        override fun hashCode(): Int = usage.hashCode()

        override fun toString(): String = "UsageUpdate($usage)"
    }

    /**
     * Something the provider sent that this library has no name for, as it came.
     *
     * @property name what the provider calls it.
     * @property data what it said, mostly JSON.
     */
    public class Raw(public val name: String, public val data: String) : ChatEvent() {
        override fun equals(other: Any?): Boolean = other is Raw && name == other.name && data == other.data

        override fun hashCode(): Int = 31 * name.hashCode() + data.hashCode()

        override fun toString(): String = "Raw($name, $data)"
    }

    /**
     * The end: all the pieces put together.
     *
     * @property response the whole answer, which a plain call would have given.
     */
    public class Completed(public val response: ChatResponse) : ChatEvent() {
        override fun toString(): String = "Completed($response)"
    }
}
