package dev.tandem.error

/** The stream ended without saying that it was done. What had arrived is in [partial]; it is not the whole answer. */
public class IncompleteStreamException(message: String, details: ErrorDetails, cause: Throwable?) : AiException(message, details, cause) {
    /** The call as a whole may be repeated; this library never does so once an item was handed out. */
    override val mayWorkLater: Boolean get() = true
}
