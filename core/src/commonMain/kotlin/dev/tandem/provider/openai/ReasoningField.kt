package dev.tandem.provider.openai

/** The words in which a server of OpenAI's wire is told how much to think. */
public enum class ReasoningField {
    /** `"reasoning_effort": "low"` */
    EFFORT,

    /** `"reasoning": {"effort": "low"}`, or with `max_tokens` */
    OBJECT,

    /** `"thinking": {"type": "enabled"}` */
    THINKING,

    /** `"thinking": {"type": "enabled"}` and, unless it is disabled, `"reasoning_effort": "low"` */
    THINKING_EFFORT,
}
