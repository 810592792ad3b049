package dev.tandem.batch

import dev.tandem.batch.BatchResult.Effort

/** An item that was read, and is to be done. */
internal class Waiting<T>(val item: T, val index: Long, val place: Place.Open)

/** Whom those who work tell what becomes of items. */
internal interface Handing<T, R> {
    fun began()

    /** It has come to nothing, and is for the next run. */
    fun gaveUp(item: Waiting<T>)

    /** Written down, counted, handed out; or else the end of the run. */
    suspend fun over(item: Waiting<T>, outcome: Result<BatchTask.Outcome<R>>, effort: Effort)

    /** Nothing is begun any more. */
    fun isEnding(): Boolean

    fun end(how: Ending)
}
