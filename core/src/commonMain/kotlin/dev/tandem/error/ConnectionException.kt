package dev.tandem.error

/** There was no whole exchange with the server. */
public sealed class ConnectionException(message: String, details: ErrorDetails, cause: Throwable?) : AiException(message, details, cause) {
    override val mayWorkLater: Boolean get() = true
}

/** Nothing listens at that address. */
public class ConnectionRefusedException(message: String, details: ErrorDetails, cause: Throwable?) :
    ConnectionException(message, details, cause)

/** The name of the host is unknown. */
public class HostNotFoundException(message: String, details: ErrorDetails, cause: Throwable?) : ConnectionException(message, details, cause)

/** The server's certificate is not trusted, or no common TLS version was found. Trying again does not help. */
public class TlsException(message: String, details: ErrorDetails, cause: Throwable?) : ConnectionException(message, details, cause) {
    override val mayWorkLater: Boolean get() = false
}

/** The connection broke before the answer was whole. A stream that had begun ends with [IncompleteStreamException] instead. */
public class ConnectionLostException(message: String, details: ErrorDetails, cause: Throwable?) :
    ConnectionException(message, details, cause)
