package dev.tandem.resilience

import kotlin.jvm.JvmStatic

/** What [SharedLimits] say to a request. */
public class SharedTurn private constructor(
    /** By this the turn is known again; "" where the request may not go yet. */
    public val id: String,
    /** After so long it is worth asking again; 0 where the request may go. */
    public val waitMillis: Long,
) {
    /** Whether the request may go. */
    public val isGranted: Boolean get() = id.isNotEmpty()

    override fun toString(): String = if (isGranted) "SharedTurn($id)" else "SharedTurn(not within $waitMillis ms)"

    public companion object {
        /** The request may go, and has been counted. */
        @JvmStatic
        public fun granted(id: String): SharedTurn {
            require(id.isNotEmpty()) { "a turn that is granted has an id" }
            return SharedTurn(id, 0)
        }

        /** The request may not go, and has not been counted. */
        @JvmStatic
        public fun after(millis: Long): SharedTurn {
            require(millis >= 1) { "a wait must be at least 1 ms, but is $millis" }
            return SharedTurn("", millis)
        }
    }
}
