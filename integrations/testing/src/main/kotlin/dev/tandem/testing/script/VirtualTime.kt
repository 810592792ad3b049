package dev.tandem.testing.script

import dev.tandem.ClientBuilder
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flowOn
import java.time.Duration
import kotlin.time.toJavaDuration

/**
 * Time that passes at once, for tests in Java and wherever there is no `runTest`: whenever a client's calls do nothing but pause,
 * between attempts, for their turn or as a [ScriptedReply] says, it jumps to the end of the next pause. Timeouts ring as they would have.
 *
 * Time passes only by pauses: what runs on other threads, as tools and callbacks that block, and a gate that a test holds, takes none. It is
 * for the calls of a client; batches and workflows have pauses of their own, and a server on a socket its own time.
 */
public class VirtualTime private constructor() : AutoCloseable {
    private val worker = SkippingDispatcher()

    /** How much of it has passed. */
    public val elapsed: Duration get() = worker.elapsed.toJavaDuration()

    /** Has the calls of what [builder] makes live by this time. */
    public fun <B : ClientBuilder<B>> drive(builder: B): B {
        builder.clock = worker.clock
        builder.background = worker
        return builder.middleware(
            object : Middleware {
                override fun <T> around(call: Call<T>, next: Next): Flow<T> = next.proceed(call).flowOn(worker)
            },
        )
    }

    /** Ends its thread. Calls that are under way stand still: close their client first. */
    override fun close(): Unit = worker.close()

    /** [start]. */
    public companion object {
        /** Zero, and nobody lives by it yet. */
        @JvmStatic
        public fun start(): VirtualTime = VirtualTime()
    }
}
