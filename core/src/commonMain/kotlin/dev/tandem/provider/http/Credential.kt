package dev.tandem.provider.http

import dev.tandem.error.AiException
import dev.tandem.error.ErrorDetails
import dev.tandem.error.UnauthorizedException
import dev.tandem.provider.TokenSource
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlin.concurrent.Volatile

/** How a client shows who it is: by [header], whose value is the key after [prefix]. */
internal class Credential(
    private val header: String,
    private val prefix: String,
    /** Null for none, and for tokens, which come and go. */
    val key: String?,
    private val source: TokenSource?,
) {
    private val asking = Mutex()

    @Volatile private var token: String? = null

    val isGiven: Boolean get() = key != null || source != null

    /** The secret for the next call, or null where none is needed. */
    suspend fun secret(): String? = key ?: source?.let { token ?: ask(it, refused = null) }

    /** Another secret after [refused] was, or null when there is none: a key stays what it is. */
    suspend fun insteadOf(refused: String?): String? = source?.let { ask(it, refused) }?.takeIf { it != refused }

    fun headerOf(secret: String): Pair<String, String> = header to prefix + secret

    /** One asks, the others wait and take what it got. */
    private suspend fun ask(source: TokenSource, refused: String?): String = asking.withLock {
        token?.takeIf { it != refused } ?: newToken(source).also { token = it }
    }

    private suspend fun newToken(source: TokenSource): String = try {
        source.token().also { requireKey(it, "the token that the token source gave") }
    } catch (e: Exception) {
        // A source may have a timeout of its own, which cancels nobody but itself.
        currentCoroutineContext().ensureActive()
        throw if (e is AiException) e else UnauthorizedException("the token source failed: ${e.message}", ErrorDetails.NONE, e)
    }

    companion object {
        /** A key in a header of the provider's own; tokens go out as everywhere. */
        fun keyIn(header: String, key: String?, source: TokenSource?) =
            if (source != null) bearer(null, source) else Credential(header, "", key, null)

        fun bearer(key: String?, source: TokenSource?) = Credential("Authorization", "Bearer ", key, source)

        /** The key itself stays out of the message. */
        fun requireKey(key: String, what: String) {
            require(key.isNotBlank()) { "$what must not be blank" }
            require(key.all { it in '!'..'~' }) {
                "$what (${key.length} characters) holds a space, a line break or another character no key has: was it copied whole?"
            }
        }
    }
}
