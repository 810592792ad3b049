package dev.tandem.error

/** Nothing was sent: this client itself said no. */
public sealed class NotSentException(message: String, details: ErrorDetails) : AiException(message, details, null)

/** The target has failed so often that it is left alone for [retryAfter]: ask another one, or come back. */
public class CircuitOpenException(message: String, details: ErrorDetails) : NotSentException(message, details) {
    override val mayWorkLater: Boolean get() = true
}

/** The call's time would be over before its turn comes: by this client's limits, or by those of the provider. */
public class NoTurnException(message: String, details: ErrorDetails) : NotSentException(message, details) {
    override val mayWorkLater: Boolean get() = true
}

/** The money or the tokens set aside for these calls are spent. */
public class BudgetExceededException(message: String, details: ErrorDetails) : NotSentException(message, details) {
    override val mayWorkLater: Boolean get() = false
}
