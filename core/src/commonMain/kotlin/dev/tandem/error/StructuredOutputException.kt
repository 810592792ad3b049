package dev.tandem.error

/**
 * The model has answered, but not with what was asked for: its answer does not fit its type, was cut, or is a refusal, which
 * the message tells. The whole response is in [partial].
 */
public class StructuredOutputException(
    message: String,
    /** All that the model said. */
    public val text: String,
    /** What is wrong with it, each with its place: `$.items[3].name is 5, but must be a text`. Empty where nothing was to be read. */
    public val violations: List<String>,
    details: ErrorDetails,
) : AiException(message, details, null) {
    /** It was told what is wrong, as often as it might be. */
    override val mayWorkLater: Boolean get() = false
}
