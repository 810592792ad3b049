package dev.tandem.error

/** The provider answered, and the answer is no. */
public sealed class RejectedException(message: String, details: ErrorDetails, cause: Throwable?) : AiException(message, details, cause) {
    override val mayWorkLater: Boolean get() = false
}

/** Something in the request is wrong: read the message, change the request. */
public class InvalidRequestException(message: String, details: ErrorDetails) : RejectedException(message, details, null)

/** The key is missing, wrong or expired, or the token source failed with [cause]. */
public class UnauthorizedException(message: String, details: ErrorDetails, cause: Throwable?) : RejectedException(message, details, cause)

/** The key is right but may not do this. */
public class ForbiddenException(message: String, details: ErrorDetails) : RejectedException(message, details, null)

/** There is nothing at this address: check the base URL. */
public class NotFoundException(message: String, details: ErrorDetails) : RejectedException(message, details, null)

/** The provider does not know the model, or does not offer it to this key. */
public class ModelNotFoundException(message: String, details: ErrorDetails) : RejectedException(message, details, null)

/** Prompt and answer do not fit into the model: shorten, or take another model. */
public class ContextLengthException(message: String, details: ErrorDetails) : RejectedException(message, details, null)

/** The provider's safety rules withheld the answer. */
public class ContentFilteredException(message: String, details: ErrorDetails) : RejectedException(message, details, null)

/** The account has no money or quota left: waiting does not help. */
public class QuotaExceededException(message: String, details: ErrorDetails) : RejectedException(message, details, null)

/** The provider, or this library's wire to it, does not do this. */
public class NotSupportedException(message: String, details: ErrorDetails) : RejectedException(message, details, null)

/** Too many requests or tokens for now: wait [retryAfter]. */
public class RateLimitedException(message: String, details: ErrorDetails) : RejectedException(message, details, null) {
    override val mayWorkLater: Boolean get() = true
}

/** The provider has more work than it can do: wait, or ask another. */
public class OverloadedException(message: String, details: ErrorDetails) : RejectedException(message, details, null) {
    override val mayWorkLater: Boolean get() = true
}

/** The provider failed on its side, or [cause] did where the model runs inside this program. */
public class ServerException(message: String, details: ErrorDetails, cause: Throwable?) : RejectedException(message, details, cause) {
    override val mayWorkLater: Boolean get() = true
}
