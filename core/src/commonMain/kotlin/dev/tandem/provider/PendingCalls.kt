package dev.tandem.provider

import dev.tandem.model.ChatEvent
import dev.tandem.model.ToolCall

/** The tool calls of an answer, while their pieces arrive. */
internal class PendingCalls {
    private val calls = mutableListOf<Pending>()

    val isNotEmpty: Boolean get() = calls.isNotEmpty()

    fun add(slot: Int, wireId: String, name: String, arguments: String): ChatEvent {
        val known = calls.lastOrNull { it.slot == slot }?.takeUnless { it.isFollowedBy(wireId, name, arguments) }
        val call = known ?: Pending(slot, wireId, calls.size).also { calls += it }
        if (call.name.isEmpty()) call.name = name
        call.arguments.append(arguments)
        return ChatEvent.ToolCallDelta(call.index, call.id, call.name, arguments)
    }

    fun toToolCalls(): List<ToolCall> = calls.map(Pending::toToolCall)

    private class Pending(val slot: Int, private val wireId: String, val index: Int) {
        val id = wireId.ifEmpty { "call_$index" }
        var name = ""
        val arguments = StringBuilder()

        /** Servers that give no ids, or count every call as the first, send one whole call after the other. */
        fun isFollowedBy(id: String, name: String, arguments: String): Boolean = when {
            id.isNotEmpty() -> id != wireId
            wireId.isNotEmpty() -> false
            else -> name.isNotEmpty() && arguments.isNotEmpty() && this.arguments.endsWith('}')
        }

        fun toToolCall() = ToolCall(id, name, arguments.toString().ifEmpty { "{}" })
    }
}
