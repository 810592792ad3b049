package dev.tandem.workflow.durable

import kotlinx.serialization.KSerializer

/**
 * What of a run outlives the process that runs it. Implemented by a file ([JournalSteps]), by servers that keep such, and by whoever has
 * another idea. Names are unique within a run, and the same when it is run again.
 */
public interface DurableSteps {
    /**
     * What the step gives: what an earlier run has kept of it, or else what [action] gives now, kept before anybody hears of it. Where
     * [action] fails nothing is kept, so the next run tries it again.
     */
    public suspend fun <T> step(name: String, serializer: KSerializer<T>, action: suspend () -> T): T

    /** Lasts as long in all, however often the process dies meanwhile. */
    public suspend fun pause(name: String, millis: Long)

    /** What somebody outside says, such as a person who approves. Waits as long as it takes, also over restarts. */
    public suspend fun <T> await(name: String, serializer: KSerializer<T>): T
}
