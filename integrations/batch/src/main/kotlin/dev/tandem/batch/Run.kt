package dev.tandem.batch

import dev.tandem.AiClient
import dev.tandem.batch.BatchResult.Effort
import dev.tandem.telemetry.CallsWithin
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
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

/** One run of a batch: reads, works, hands out. Reading stops while there is no room for more, so it takes as long as it takes. */
internal class Run<T, R> private constructor(
    private val ai: AiClient,
    private val task: BatchTask<T, R>,
    private val settings: Settings<T>,
    private val items: Flow<T>,
) : Handing<T, R> {
    private lateinit var desk: Desk<T, R>
    private val tally = Tally(settings.total, settings.clock)
    private val turns = Turns(settings.concurrency)
    private val room = settings.concurrency.limit.coerceAtMost(MOST_ROOM)
    private val finished = Channel<BatchResult<T, R>>(room)

    /** Read, and not begun. */
    private val waiting = Channel<Waiting<T>>(room)
    private val mostWorkers = if (settings.mode == BatchMode.PROVIDER) 1 else settings.concurrency.limit

    /** Each of the first items brings one along. */
    private var begunWorkers = 0
    private val order = if (settings.isOrdered) Order<BatchResult<T, R>> { it.index } else null

    /** How far reading may be ahead. Not by pieces: one that is not full waits for the end of the input. */
    private val window = order?.takeIf { settings.mode == BatchMode.CALLS }?.let { Semaphore(settings.concurrency.limit + room) }
    private val ending = CompletableDeferred<Ending>()

    /** Over once nothing new is to be begun. What was read of an input that broke off is still begun: it is as good as any. */
    private val beginning = Job()

    private fun results(): Flow<BatchResult<T, R>> = flow {
        var opened: Desk<T, R>? = null
        try {
            desk = Desk.open(ai, task, settings) { opened = it }
            tally.damaged(desk.damagedLines)
            coroutineScope {
                val reading = launch { readAll() }
                val telling = settings.listener?.let { launch { tellNowAndThen(it) } }
                val stopping = settings.stop?.let { launch { it.await().also { end(Ending.Asked) } } }
                handOut()
                reading.join()
                telling?.cancel()
                stopping?.cancel()
            }
            desk.finish()
        } finally {
            opened?.close()
            settings.listener?.let(::tell)
        }
        if (ending.isCompleted) throw ending.await().toException(tally.read(), settings.journal != null)
    }

    private suspend fun readAll() {
        coroutineScope {
            val workers = this
            val reading = launch { read(workers) }
            val watching = launch {
                ending.await()
                reading.cancel()
            }
            reading.join()
            waiting.close()
            watching.cancel()
        }
        finished.close()
    }

    /** What was begun is brought to its end, however the input ends. */
    private suspend fun read(workers: CoroutineScope) {
        var index = 0L
        try {
            items.collect { item ->
                if (isEnding()) currentCoroutineContext().cancel()
                currentCoroutineContext().ensureActive()
                window?.acquire()
                take(workers, item, index++)
            }
        } catch (e: Exception) {
            currentCoroutineContext().ensureActive()
            end(Ending.NoInput(if (e is CancellationException) IllegalStateException("the input of the batch was cancelled", e) else e))
        }
    }

    private suspend fun take(workers: CoroutineScope, item: T, index: Long) {
        when (val place = desk.placeFor(item, index)) {
            is Place.Over -> {
                tally.ended(place.result.isDone, place.result.effort)
                finished.send(place.result)
            }

            is Place.Open -> {
                if (begunWorkers < mostWorkers) workers.launch { worker() }.also { begunWorkers++ }
                waiting.send(Waiting(item, index, place))
            }
        }
    }

    private suspend fun worker() {
        if (settings.mode == BatchMode.CALLS) return work()
        coroutineScope {
            val pieces = launch { Pieces(ai, task, settings, desk, this@Run).work(waiting) }
            // What was handed in may take a day.
            val leaving = launch {
                beginning.join()
                pieces.cancel()
            }
            pieces.join()
            leaving.cancel()
        }
    }

    /** One after the other, as long as there are any: whoever is done with one has the next at hand. */
    private suspend fun work() {
        for (next in waiting) {
            val turn = turns.take()
            val meter = Meter()
            val begun = settings.clock.markNow()
            try {
                if (isEnding()) {
                    desk.giveUp(next.place)
                } else {
                    began()
                    over(next, outcomeOf(next.item, meter), meter.read(begun.elapsedNow()))
                }
            } finally {
                turns.giveBack(turn, begun.elapsedNow(), meter.wasRefused)
            }
        }
    }

    override fun began() = tally.began()

    override fun gaveUp(item: Waiting<T>) {
        desk.giveUp(item.place)
        tally.gaveUp()
    }

    override suspend fun over(item: Waiting<T>, outcome: Result<BatchTask.Outcome<R>>, effort: Effort) {
        val error = outcome.exceptionOrNull()
        if (error != null && (settings.endsOn(error) || isClientClosed(error))) {
            gaveUp(item)
            return end(Ending.Hopeless(error))
        }
        val result = desk.keep(item.item, item.index, item.place, outcome, effort)
        tally.ended(result.isDone, effort)
        finished.send(result)
    }

    /** Nothing is begun once it is to end, though nobody may have heard of it yet. */
    override fun isEnding(): Boolean {
        if (settings.stop?.isStopped == true) end(Ending.Asked)
        return beginning.isCompleted
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

    private suspend fun FlowCollector<BatchResult<T, R>>.handOut() {
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

    override fun end(how: Ending) {
        ending.complete(how)
        if (how !is Ending.NoInput) beginning.complete()
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

    companion object {
        private const val MOST_ROOM = 1_024

        /** Each collector has a run of its own. */
        fun <T, R> results(ai: AiClient, task: BatchTask<T, R>, settings: Settings<T>, items: Flow<T>): Flow<BatchResult<T, R>> =
            flow { emitAll(Run(ai, task, settings, items).results()) }
    }
}
