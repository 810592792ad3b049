package dev.tandem.workflow.run

/** Which events somebody wants. */
public enum class EventFilter(internal val wants: (WorkflowEvent) -> Boolean) {
    /** All but the pieces of what models say. */
    UPDATES({ !it.isPiece }),

    /** The pieces of what models say, and the end. */
    MESSAGES({ it.isPiece || it is WorkflowEvent.RunCompleted || it is WorkflowEvent.RunFailed }),

    /** Both: all there are. */
    ALL({ true }),
    ;

    /** Models are asked for tokens only where somebody wants them. */
    internal val wantsTokens: Boolean get() = this != UPDATES

    private companion object {
        val WorkflowEvent.isPiece: Boolean get() = this is WorkflowEvent.Token || this is WorkflowEvent.TokensMissed
    }
}
