package dev.tandem.testing.script

import dev.tandem.error.AiException
import dev.tandem.error.ConnectionLostException
import dev.tandem.error.ConnectionRefusedException
import dev.tandem.error.ContentFilteredException
import dev.tandem.error.ContextLengthException
import dev.tandem.error.ErrorDetails
import dev.tandem.error.OverloadedException
import dev.tandem.error.QuotaExceededException
import dev.tandem.error.RateLimitedException
import dev.tandem.error.ServerException
import dev.tandem.error.UnauthorizedException

/** What goes wrong with providers, as a client tells it: `ScriptedReply.failure(Faults::overloaded)`. */
public object Faults {
    /** 429, which says to come back after [retryAfterMillis]. Clients wait that long before they try again. */
    @JvmStatic
    public fun rateLimited(retryAfterMillis: Long): AiException =
        RateLimitedException("too many requests (429)", details(429).retryAfterMillis(retryAfterMillis).build())

    /** 529: tried again. */
    @JvmStatic
    public fun overloaded(): AiException = OverloadedException("the provider has too much to do (529)", details(529).build())

    /** 500: tried again. */
    @JvmStatic
    public fun serverError(): AiException = ServerException("the provider failed (500)", details(500).build(), null)

    /** 401: not tried again. */
    @JvmStatic
    public fun unauthorized(): AiException = UnauthorizedException("the key is wrong (401)", details(401).build(), null)

    /** 429 that no waiting helps: not tried again. */
    @JvmStatic
    public fun quotaExceeded(): AiException = QuotaExceededException("the account has nothing left (429)", details(429).build())

    /** 400: the prompt is too long for the model. */
    @JvmStatic
    public fun contextLength(): AiException = ContextLengthException("the prompt is too long for the model (400)", details(400).build())

    /** The provider will not say it. */
    @JvmStatic
    public fun contentFiltered(): AiException = ContentFilteredException("the provider withheld the answer", details(null).build())

    /** The connection broke before the answer had begun: tried again. */
    @JvmStatic
    public fun connectionLost(): AiException = ConnectionLostException("the connection was lost", details(null).build(), null)

    /** Nobody listens there: tried again. */
    @JvmStatic
    public fun connectionRefused(): AiException = ConnectionRefusedException("nobody listens there", details(null).build(), null)

    private fun details(status: Int?) = ErrorDetails.builder().provider("scripted").status(status)
}
