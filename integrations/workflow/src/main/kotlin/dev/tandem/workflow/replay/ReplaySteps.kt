package dev.tandem.workflow.replay

import dev.tandem.workflow.durable.DurableSteps
import dev.tandem.workflow.durable.UnreadableStepException
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.Job
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.serialization.KSerializer
import kotlin.coroutines.ContinuationInterceptor

/** Takes down what the workflow wants; [Driver] sees to it. */
internal class ReplaySteps(private val driver: Driver) : DurableSteps {
    private val names = HashSet<String>()

    override suspend fun <T> step(name: String, serializer: KSerializer<T>, action: suspend () -> T): T {
        val text = ask(name) { waiting ->
            val context = waiting.context.minusKey(Job).minusKey(ContinuationInterceptor)
            Wish(waiting) { it.step(name, context) { replayJson.encodeToString(serializer, action()) } }
        }
        return read(name, serializer, text)
    }

    override suspend fun pause(name: String, millis: Long) {
        require(millis in 0..LONGEST_PAUSE) { "pause '$name' must last from 0 to $LONGEST_PAUSE milliseconds: $millis" }
        ask(name) { waiting -> Wish(waiting) { it.timer(name, millis) } }
    }

    override suspend fun <T> await(name: String, serializer: KSerializer<T>): T =
        read(name, serializer, ask(name) { waiting -> Wish(waiting) { it.answer(name) } })

    private suspend fun ask(name: String, wish: (CancellableContinuation<String>) -> Wish): String {
        check(driver.turns.isNow) { "step '$name' was asked for on another thread than the workflow's" }
        require(name.isNotBlank()) { "a step needs a name" }
        require(names.add(name)) { "there is a step '$name' already: each one needs a name of its own, such as '$name-2'" }
        return suspendCancellableCoroutine { driver.begin(wish(it)) }
    }

    private fun <T> read(name: String, serializer: KSerializer<T>, text: String): T = try {
        replayJson.decodeFromString(serializer, text)
    } catch (e: IllegalArgumentException) {
        throw UnreadableStepException(name, serializer.descriptor.serialName, e).also(driver::fail)
    }

    private companion object {
        /** A thousand years. */
        const val LONGEST_PAUSE = 31_556_952_000_000L
    }
}
