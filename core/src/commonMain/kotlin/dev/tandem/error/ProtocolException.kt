package dev.tandem.error

/** Something answered, but not in the provider's language: often a proxy, a login page or a wrong base URL. */
public sealed class ProtocolException(message: String, details: ErrorDetails, cause: Throwable?) : AiException(message, details, cause)

/** A web page, or other content where the provider's JSON or events belong. */
public class UnexpectedContentException(message: String, details: ErrorDetails) : ProtocolException(message, details, null) {
    override val mayWorkLater: Boolean get() = true
}

/** Success without a body. */
public class EmptyResponseException(message: String, details: ErrorDetails) : ProtocolException(message, details, null) {
    override val mayWorkLater: Boolean get() = true
}

/** The right kind of content, but broken, or not what the provider documents. */
public class MalformedResponseException(message: String, details: ErrorDetails, cause: Throwable?) :
    ProtocolException(message, details, cause) {
    override val mayWorkLater: Boolean get() = false
}
