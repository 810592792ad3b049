package dev.tandem.batch

import dev.tandem.AiClient
import dev.tandem.telemetry.CallsWithin
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.cancel
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.FlowCollector
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Semaphore
import kotlinx.coroutines.withContext
import kotlin.time.TimeMark

/** One run of a batch: reads, works, hands out. Reading stops while there is no room for more, so it takes as long as it takes. */
internal class Run<T, R> private constructor(
    private val ai: AiClient,
    private val task: BatchTask<T, R>,
    private val settings: Settings<T>,
    private val items: Flow<T>,
) {
    private val tally = Tally(settings.total, settings.clock)
    private val turns = Turns(settings.concurrency)
    private val room = settings.concurrency.limit.coerceAtMost(MOST_ROOM)
    private val finished = Channel<BatchResult<T, R>>(room)

    /** Read, and not begun. */
    private val waiting = Channel<Waiting<T>>(room)
    private var begunWorkers = 0
    private val order = if (settings.isOrdered) Order<BatchResult<T, R>>(settings.concurrency.limit + room) { it.index } else null
    private val window = order?.let { Semaphore(settings.concurrency.limit + room) }
    private val ending = CompletableDeferred<Ending>()

    @Volatile private var beginsNothing = false

    private fun results(): Flow<BatchResult<T, R>> = flow {
        var opened: Desk<T, R>? = null
        try {
            val desk = Desk.open(ai, task, settings) { opened = it }
            tally.damaged(desk.damagedLines)
            coroutineScope {
                val reading = launch { readAll(desk) }
                val telling = settings.listener?.let { launch { tellNowAndThen(it) } }
                handOut(desk)
                reading.join()
                telling?.cancel()
            }
            desk.finish()
        } finally {
            opened?.close()
            settings.listener?.let(::tell)
        }
        if (ending.isCompleted) throw ending.await().toException(tally.read(), settings.journal != null)
    }

    private suspend fun readAll(desk: Desk<T, R>) {
        coroutineScope {
            val workers = this
            val reading = launch { read(desk, workers) }
            val watching = launch {
                ending.await()
                reading.cancel()
            }
            val stopping = settings.stop?.let { stop ->
                launch {
                    stop.await()
                    end(Ending.Asked)
                }
            }
            reading.join()
            waiting.close()
            watching.cancel()
            stopping?.cancel()
        }
        finished.close()
    }

    /** What was begun is brought to its end, however the input ends. */
    private suspend fun read(desk: Desk<T, R>, workers: CoroutineScope) {
        var index = 0L
        try {
            items.collect { item ->
                if (isEnding()) currentCoroutineContext().cancel()
                currentCoroutineContext().ensureActive()
                window?.acquire()
                take(desk, workers, item, index++)
            }
        } catch (e: Exception) {
            currentCoroutineContext().ensureActive()
            end(Ending.NoInput(if (e is CancellationException) IllegalStateException("the input of the batch was cancelled", e) else e))
        }
    }

    private suspend fun take(desk: Desk<T, R>, workers: CoroutineScope, item: T, index: Long) {
        when (val place = desk.placeFor(item, index)) {
            is Place.Over -> {
                tally.ended(place.result.isDone, place.result.effort)
                finished.send(place.result)
            }

            is Place.Open -> {
                // Each of the first ones brings its worker along.
                if (begunWorkers < settings.concurrency.limit) workers.launch { work(desk) }.also { begunWorkers++ }
                waiting.send(Waiting(item, index, place))
            }
        }
    }

    /** One after the other, as long as there are any: whoever is done with one has the next at hand. */
    private suspend fun work(desk: Desk<T, R>) {
        for (next in waiting) {
            val turn = turns.take()
            val meter = Meter()
            val begun = settings.clock.markNow()
            try {
                if (isEnding()) desk.giveUp(next.place) else work(desk, next, meter, begun)
            } finally {
                turns.giveBack(turn, begun.elapsedNow(), meter.wasRefused)
            }
        }
    }

    private suspend fun work(desk: Desk<T, R>, next: Waiting<T>, meter: Meter, begun: TimeMark) {
        tally.began()
        val outcome = outcomeOf(next.item, meter)
        val error = outcome.exceptionOrNull()
        if (error != null && (settings.endsOn(error) || isClientClosed(error))) {
            desk.giveUp(next.place)
            tally.gaveUp()
            end(Ending.Hopeless(error))
            return
        }
        val effort = meter.read(begun.elapsedNow())
        val result = desk.keep(next.item, next.index, next.place, outcome, effort)
        tally.ended(result.isDone, effort)
        finished.send(result)
    }

    /** Nothing is begun once it is to end, though nobody may have heard of it yet. */
    private fun isEnding(): Boolean {
        if (settings.stop?.isStopped == true) end(Ending.Asked)
        return beginsNothing
    }

    private suspend fun outcomeOf(item: T, meter: Meter): Result<BatchTask.Outcome<R>> = try {
        Result.success(withContext(CallsWithin(meter)) { task.perform(ai, item) })
    } catch (e: Throwable) {
        // Only the item's own, such as a timeout within it.
        currentCoroutineContext().ensureActive()
        if (e is OutOfMemoryError) throw e
        Result.failure(e)
    }

    private fun isClientClosed(error: Throwable) = error is IllegalStateException && !ai.healthCheck().isRuntimeHealthy

    private suspend fun FlowCollector<BatchResult<T, R>>.handOut(desk: Desk<T, R>) {
        val group = ArrayList<BatchResult<T, R>>()
        for (first in finished) {
            group += first
            while (group.size < MOST_ROOM) group += finished.tryReceive().getOrNull() ?: break
            // One for all of them: nobody is told of what a crash of the machine could take back.
            if (group.any { !it.effort.isResumed }) desk.sync()
            group.forEach { handOut(it) }
            group.clear()
        }
        order?.rest()?.forEach { emit(it) }
    }

    private suspend fun FlowCollector<BatchResult<T, R>>.handOut(result: BatchResult<T, R>) {
        if (order == null) return emit(result)
        order.add(result)
        while (true) {
            emit(order.poll() ?: return)
            window?.release()
        }
    }

    private fun end(how: Ending) {
        // What was read of an input that broke off is as good as any.
        if (ending.complete(how) && how !is Ending.NoInput) beginsNothing = true
    }

    private suspend fun tellNowAndThen(listener: ProgressListener) {
        while (true) {
            delay(settings.listenEvery)
            tell(listener)
        }
    }

    private fun tell(listener: ProgressListener) {
        try {
            listener.onProgress(tally.read())
        } catch (e: Exception) {
            // Nobody's business.
        }
    }

    private class Waiting<T>(val item: T, val index: Long, val place: Place.Open)

    companion object {
        private const val MOST_ROOM = 1_024

        /** Each collector has a run of its own. */
        fun <T, R> results(ai: AiClient, task: BatchTask<T, R>, settings: Settings<T>, items: Flow<T>): Flow<BatchResult<T, R>> =
            flow { emitAll(Run(ai, task, settings, items).results()) }
    }
}
