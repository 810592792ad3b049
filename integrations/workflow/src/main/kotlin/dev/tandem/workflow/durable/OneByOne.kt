package dev.tandem.workflow.durable

import kotlinx.coroutines.Job
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock

/** What has the same name is done one after the other, so that the second finds what the first has made. */
internal class OneByOne {
    private class Place {
        val mutex = Mutex()
        var users = 0
    }

    /** Guarded by itself, as are the users of each. */
    private val places = HashMap<String, Place>()

    suspend fun <T> named(name: String, action: suspend () -> T): T {
        // Whoever asks for a name within itself would wait for ever, and is told instead.
        val owner = currentCoroutineContext()[Job]
        val place = synchronized(places) { places.getOrPut(name) { Place() }.also { it.users++ } }
        return try {
            place.mutex.withLock(owner) { action() }
        } finally {
            synchronized(places) { if (--place.users == 0) places -= name }
        }
    }
}
