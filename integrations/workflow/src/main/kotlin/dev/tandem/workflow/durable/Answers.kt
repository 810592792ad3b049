package dev.tandem.workflow.durable

import kotlinx.coroutines.CompletableDeferred
import kotlinx.serialization.json.JsonElement
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicBoolean

/** What was said of what is waited for, whichever came first. */
internal class Answers {
    private class Answer {
        val isClaimed = AtomicBoolean()
        val value = CompletableDeferred<JsonElement>()
    }

    private val byName = ConcurrentHashMap<String, Answer>()

    suspend fun await(name: String): JsonElement = of(name).value.await()

    fun isGiven(name: String): Boolean = of(name).isClaimed.get()

    /** Whoever has it may [give]; false where somebody else was first. */
    fun claim(name: String): Boolean = of(name).isClaimed.compareAndSet(false, true)

    fun give(name: String, value: JsonElement): Boolean {
        of(name).isClaimed.set(true)
        return of(name).value.complete(value)
    }

    private fun of(name: String) = byName.getOrPut(name) { Answer() }
}
