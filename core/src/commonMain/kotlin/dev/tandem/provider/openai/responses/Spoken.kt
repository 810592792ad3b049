package dev.tandem.provider.openai.responses

/** What comes in pieces. [word] is its part of the names of events. */
internal enum class Spoken(val word: String) {
    TEXT("output_text"),
    REFUSAL("refusal"),

    /** A summary of the thoughts, which is all that OpenAI shows of them. */
    SUMMARY("reasoning_summary_text"),

    /** The thoughts themselves, where models are open. */
    THOUGHT("reasoning_text"),
    ARGUMENTS("function_call_arguments"),
}
