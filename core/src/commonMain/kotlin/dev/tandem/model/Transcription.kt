package dev.tandem.model

/** What was said. */
public class Transcription(
    /** All of it. */
    public val text: String,
    /** As the provider names it; null where it does not. */
    public val language: String?,
    /** How long the recording is, where the provider says so. */
    public val durationMillis: Long?,
    /** Empty unless they were asked for, as [words]. */
    public val segments: List<Span>,
    /** Empty unless they were asked for. */
    public val words: List<Span>,
    /** Zero where the provider counts no tokens of recordings. */
    public val usage: Usage,
) {
    override fun toString(): String = "Transcription(${text.length} characters, $language, $durationMillis ms, $usage)"

    /**
     * A passage or a word, and when it was spoken, from the beginning of the recording.
     *
     * @property text what was spoken.
     * @property startMillis when it begins.
     * @property endMillis when it ends.
     */
    public class Span(public val text: String, public val startMillis: Long, public val endMillis: Long) {
        override fun toString(): String = "Span($startMillis to $endMillis ms: $text)"
    }
}
