package dev.tandem.model

import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** What can take too long about a call. Each has a limit of its own, set by `timer(…)` on a client or a request. */
public enum class Timer(private val limit: Duration?) {
    /** From the attempt to reach the server to an open connection, TLS included. 10 s unless set. */
    CONNECT(10.seconds),

    /** From the open connection to the last byte of the request. One minute unless set. */
    WRITE(1.minutes),

    /** From there to the head of the answer: all the time a model needs for a plain answer. 10 minutes unless set. */
    FIRST_BYTE(10.minutes),

    /** From the head of a stream to its first event. Comments are none. 10 minutes unless set. */
    FIRST_EVENT(10.minutes),

    /** From one byte of the answer to the next. Comments count. 5 minutes unless set. */
    IDLE(5.minutes),

    /** From the call to its last item, retries and a slow reader included. No limit unless set. */
    TOTAL(null),

    ;

    internal val defaultLimit: Duration? get() = limit
}
