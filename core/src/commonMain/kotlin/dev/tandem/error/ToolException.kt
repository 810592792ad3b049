package dev.tandem.error

import dev.tandem.model.ToolCall

/** The model has asked, and the client's own tools brought it no further. What was said until then is in [partial]. */
public sealed class ToolException(message: String, details: ErrorDetails, cause: Throwable?) : AiException(message, details, cause) {
    override val mayWorkLater: Boolean get() = false
}

/**
 * A tool failed by [cause], took too long or gave too much, and the policy is to end the call then.
 *
 * @property call what the model has asked for.
 */
public class ToolFailedException(message: String, public val call: ToolCall, details: ErrorDetails, cause: Throwable?) :
    ToolException(message, details, cause)

/** The model asked for tools more often than the policy allows. */
public class ToolRoundsException(message: String, details: ErrorDetails) : ToolException(message, details, null)
