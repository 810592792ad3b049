package dev.tandem.model

/** Somebody who must agree before a tool is run. May take its time: the call's timeout goes on, the tool's has not begun. */
public fun interface ToolApproval {
    /** Null to let [call] be run, or why not, in words for the model. */
    public suspend fun objectionTo(call: ToolCall): String?
}
