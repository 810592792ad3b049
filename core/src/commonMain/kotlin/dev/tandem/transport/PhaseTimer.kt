package dev.tandem.transport

import dev.tandem.error.ErrorDetails
import dev.tandem.error.TimeLimitException
import dev.tandem.model.Timer
import dev.tandem.platform.Clock
import dev.tandem.platform.Phases.Phase
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.DisposableHandle
import kotlinx.coroutines.Runnable
import kotlinx.coroutines.job
import kotlin.concurrent.Volatile
import kotlin.concurrent.atomics.AtomicReference
import kotlin.concurrent.atomics.ExperimentalAtomicApi
import kotlin.coroutines.CoroutineContext

/** Gives each phase of an exchange its time; when that is over, it ends the coroutine that [context] belongs to. */
@OptIn(ExperimentalAtomicApi::class)
internal class PhaseTimer(private val call: HttpCall, private val context: CoroutineContext) : DisposableHandle {
    private val running = AtomicReference<DisposableHandle?>(null)

    /** Why it has ended the coroutine, if it has. */
    @Volatile var ranOut: TimeLimitException? = null
        private set

    init {
        enter(Phase.WAITING)
    }

    fun enter(phase: Phase) {
        while (true) {
            val before = running.load()
            if (before === Over || (before as? Running)?.phase == phase) return
            val next = Running(phase)
            if (!running.compareAndSet(before, next)) continue
            before?.dispose()
            next.start()
            // Whoever came in between found nothing to stop yet.
            if (running.load() !== next) next.dispose()
            return
        }
    }

    override fun dispose() {
        running.exchange(Over)?.dispose()
    }

    private inner class Running(val phase: Phase) :
        Runnable,
        DisposableHandle {
        private val timer = TIMERS.getValue(phase)

        @Volatile private var alarm: DisposableHandle? = null

        fun start() {
            val limit = call.options.limitOf(timer) ?: return
            alarm = Clock.startTimer(limit, context, this)
        }

        override fun run() {
            if (!running.compareAndSet(this, Over)) return
            val limit = call.options.limitOf(timer) ?: return
            ranOut = call.ranOut(timer, limit, ErrorDetails.builder().provider(call.provider).build())
            context.job.cancel(CancellationException("the $timer timer ran out"))
        }

        override fun dispose() {
            alarm?.dispose()
        }
    }

    private object Over : DisposableHandle {
        override fun dispose() = Unit
    }

    private companion object {
        val TIMERS = mapOf(Phase.CONNECTING to Timer.CONNECT, Phase.WRITING to Timer.WRITE, Phase.WAITING to Timer.FIRST_BYTE)
    }
}
