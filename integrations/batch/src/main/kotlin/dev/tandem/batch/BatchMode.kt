package dev.tandem.batch

/** By which way items come to the model. */
public enum class BatchMode {
    /** Each by a call of its own, answered at once. */
    CALLS,

    /**
     * Many together, by the provider's own batches: within a day, for about half the price. OpenAI, Azure OpenAI, Groq, Cerebras and
     * Anthropic have them. For chats only, without masking, budgets and tools that the client runs. A journal remembers what was
     * handed in: a run that is cut short leaves it with the provider, and another one collects it. Without a journal it is cancelled
     * there. Results in the order of the input are held until their turn.
     */
    PROVIDER,
}
