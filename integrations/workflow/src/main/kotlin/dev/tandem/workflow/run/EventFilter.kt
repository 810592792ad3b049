package dev.tandem.workflow.run

/** Which events somebody wants. */
public enum class EventFilter(internal val wants: (WorkflowEvent) -> Boolean) {
    /** What becomes of the run and of its nodes. */
    UPDATES({ it.isUpdate }),

    /** What models and tools say. */
    MESSAGES({ !it.isUpdate || it is WorkflowEvent.RunCompleted || it is WorkflowEvent.RunFailed }),

    ALL({ true }),
    ;

    /** Models are asked for tokens only where somebody wants them. */
    internal val wantsTokens: Boolean get() = this != UPDATES

    private companion object {
        val WorkflowEvent.isUpdate: Boolean
            get() = when (this) {
                is WorkflowEvent.LlmCallStarted, is WorkflowEvent.LlmCallCompleted,
                is WorkflowEvent.ToolCallStarted, is WorkflowEvent.ToolCallCompleted, is WorkflowEvent.ToolCallFailed,
                is WorkflowEvent.Token, is WorkflowEvent.TokensMissed,
                -> false

                else -> true
            }
    }
}
