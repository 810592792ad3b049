package dev.tandem.model

import kotlinx.serialization.json.JsonElement
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/** One turn of a conversation. Immutable; may be used in many requests. */
public class Message private constructor(
    /** Who speaks. */
    public val role: Role,
    /** Empty where the model only asks for tools. */
    public val parts: List<Part>,
    /** What the model asks for; only in messages of the assistant. */
    public val toolCalls: List<ToolCall>,
    /** Which call this answers; only in messages of a tool. */
    public val toolCallId: String?,
    /** What the model thought before it spoke, where the provider shows it. Not sent back. */
    public val reasoning: String,
    /** What its provider wants to see again; only in answers of the model. */
    public val providerState: ProviderState?,
) {
    /** All text parts, one after the other. */
    public val text: String by lazy(LazyThreadSafetyMode.PUBLICATION) {
        (parts.singleOrNull() as? Part.Text)?.text ?: parts.filterIsInstance<Part.Text>().joinToString("") { it.text }
    }

    /** For providers: the same message, with what this provider wants to see again. */
    public fun withProviderState(state: ProviderState?): Message = Message(role, parts, toolCalls, toolCallId, reasoning, state)

    /** The state that goes back to [owner]; null for everybody else. */
    public fun stateFor(owner: String): JsonElement? = providerState?.takeIf { it.owner == owner }?.json

    /** The same message, each of its texts changed by [text], and what tools are asked by [arguments]. */
    @JvmSynthetic
    internal fun mapTexts(text: (String) -> String, arguments: (String) -> String): Message = Message(
        role,
        parts.map { if (it is Part.Text) Part.Text(text(it.text)) else it },
        toolCalls.map { ToolCall(it.id, it.name, arguments(it.arguments)) },
        toolCallId,
        text(reasoning),
        providerState,
    )

    override fun equals(other: Any?): Boolean = other is Message &&
        role == other.role &&
        parts == other.parts &&
        toolCalls == other.toolCalls &&
        toolCallId == other.toolCallId &&
        reasoning == other.reasoning &&
        providerState == other.providerState

    override fun hashCode(): Int = 31 * (31 * role.hashCode() + parts.hashCode()) + toolCalls.hashCode()

    override fun toString(): String = "$role: $parts" + if (toolCalls.isEmpty()) "" else " $toolCalls"

    public companion object {
        /** What the model is told by whoever runs it. */
        @JvmStatic
        public fun system(text: String): Message = Message(Role.SYSTEM, listOf(Part.Text(text)), emptyList(), null, "", null)

        /** What the user says, in words only. */
        @JvmStatic
        public fun user(text: String): Message = Message(Role.USER, listOf(Part.Text(text)), emptyList(), null, "", null)

        /** What the user says with images, audio or files; at least one part. */
        @JvmStatic
        public fun user(vararg parts: Part): Message {
            require(parts.isNotEmpty()) { "a message of the user needs at least one part" }
            return Message(Role.USER, parts.asList().frozen(), emptyList(), null, "", null)
        }

        /** What the model has said before, such as in a conversation that was kept. */
        @JvmStatic
        public fun assistant(text: String): Message = Message(Role.ASSISTANT, listOf(Part.Text(text)), emptyList(), null, "", null)

        /** The model's answer as it came: text and what it asks for, each possibly empty. */
        @JvmStatic
        public fun assistant(text: String, toolCalls: List<ToolCall>, reasoning: String): Message =
            Message(Role.ASSISTANT, if (text.isEmpty()) emptyList() else listOf(Part.Text(text)), toolCalls.frozen(), null, reasoning, null)

        /** What tool call [callId] gave. */
        @JvmStatic
        public fun tool(callId: String, result: String): Message {
            require(callId.isNotBlank()) { "the result of a tool needs the id of its call" }
            return Message(Role.TOOL, listOf(Part.Text(result)), emptyList(), callId, "", null)
        }
    }
}
