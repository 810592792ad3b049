package dev.tandem.error

/** Nothing was sent: this client itself said no. */
public sealed class NotSentException(message: String, details: ErrorDetails, cause: Throwable?) : AiException(message, details, cause)

/** The target has failed so often that it is left alone for [retryAfter]: ask another one, or come back. */
public class CircuitOpenException(message: String, details: ErrorDetails) : NotSentException(message, details, null) {
    override val mayWorkLater: Boolean get() = true
}

/** The call's time would be over before its turn comes: by this client's limits, or by those of the provider. */
public class NoTurnException(message: String, details: ErrorDetails) : NotSentException(message, details, null) {
    override val mayWorkLater: Boolean get() = true
}

/** The money or the tokens set aside for these calls are spent. */
public class BudgetExceededException(message: String, details: ErrorDetails) : NotSentException(message, details, null) {
    override val mayWorkLater: Boolean get() = false
}

/** The request could not be masked, so the provider does not get it. */
public class MaskingException(message: String, details: ErrorDetails, cause: Throwable?) : NotSentException(message, details, cause) {
    override val mayWorkLater: Boolean get() = false
}
