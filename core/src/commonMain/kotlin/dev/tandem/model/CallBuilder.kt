package dev.tandem.model

import kotlin.jvm.JvmSynthetic
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** The part of [OptionsBuilder] that says how a call is made, and not what the model is to do. */
@TandemDsl
public abstract class CallBuilder<B : CallBuilder<B>> protected constructor() {
    /** The longest line or event of a stream that is taken, in bytes; 16 MB unless set, which has room for an image. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var maxEventBytes: Int? = null
        set(value) {
            require(value == null || value >= 1) { "maxEventBytes must be at least 1, but is $value" }
            field = value
        }

    /** The whole call's time, from the moment it is made to its last item. A slow reader of a stream uses it up too. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var timeout: Duration?
        get() = timers[Timer.TOTAL]
        set(value) {
            if (value == null) timers -= Timer.TOTAL else timer(Timer.TOTAL, value)
        }

    @get:JvmSynthetic
    internal val timers = mutableMapOf<Timer, Duration>()

    /** Whether the client's cache may answer, and keep the answer; null for yes, if the client has one. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var caching: Boolean? = null

    /** Calls of one conversation go to the same one of several targets, as long as that answers. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var conversation: String? = null

    /** Under these the call is booked in the client's statistics and budgets. Not sent. */
    @get:JvmSynthetic
    internal val tags = mutableSetOf<String>()

    @get:JvmSynthetic
    internal val headers = mutableMapOf<String, String>()

    /** The longest line or event of a stream that is taken, in bytes; 16 MB unless set. */
    public fun maxEventBytes(bytes: Int?): B = set { maxEventBytes = bytes }

    /** The whole call's time. */
    public fun timeoutMillis(millis: Long): B = timerMillis(Timer.TOTAL, millis)

    /** How long [timer] may run: `timer(Timer.IDLE, 30.seconds)`. */
    @JvmSynthetic
    public fun timer(timer: Timer, limit: Duration): B = set {
        require(limit.isPositive()) { "${if (timer == Timer.TOTAL) "timeout" else "timer $timer"} must be positive, but is $limit" }
        timers[timer] = limit
    }

    /** How long [timer] may run. */
    public fun timerMillis(timer: Timer, millis: Long): B = timer(timer, millis.milliseconds)

    /** Whether the client's cache may answer, and keep the answer. */
    public fun caching(isWanted: Boolean?): B = set { caching = isWanted }

    /** Calls of one conversation go to the same one of several targets, as long as that answers. */
    public fun conversation(id: String?): B = set { conversation = id }

    /** Books the call under this name in the client's statistics and budgets. Not sent. */
    public fun tag(tag: String): B = set {
        require(tag.isNotBlank()) { "a tag must not be blank, but is '$tag'" }
        tags += tag
    }

    /** Sent with the call, in place of one that the client would send itself. */
    public fun header(name: String, value: String): B = set {
        require(HEADER_NAME.matches(name)) { "'$name' is no valid header name" }
        require(name.lowercase() !in OUR_HEADERS) { "header '$name' is set by the client itself" }
        require(HEADER_VALUE.matches(value)) { "the value of header '$name' holds a character that headers cannot carry" }
        headers.setHeader(name, value)
    }

    /** Takes over what [options] say of this. */
    internal fun takeOver(options: Options) {
        options.maxEventBytes?.let { maxEventBytes = it }
        options.caching?.let { caching = it }
        options.conversation?.let { conversation = it }
        timers += options.timers
        tags += options.tags
        options.headers.forEach { (name, value) -> header(name, value) }
    }

    @Suppress("UNCHECKED_CAST")
    private inline fun set(change: () -> Unit): B {
        change()
        return this as B
    }

    private companion object {
        val HEADER_NAME = Regex("[A-Za-z0-9!#$%&'*+.^_`|~-]+")
        val HEADER_VALUE = Regex("[\\t -~]*")

        /** They describe the body and the connection, of which the caller knows nothing. */
        val OUR_HEADERS = setOf("content-type", "content-length", "transfer-encoding", "host", "connection", "upgrade")
    }
}
