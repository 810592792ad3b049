package dev.tandem.transport

import dev.tandem.error.ErrorDetails
import dev.tandem.model.Timer
import dev.tandem.platform.Phases.Phase
import kotlinx.coroutines.DisposableHandle
import kotlin.concurrent.Volatile
import kotlin.concurrent.atomics.AtomicReference
import kotlin.concurrent.atomics.ExperimentalAtomicApi

/** Gives each phase of an exchange its time, until the head has come. */
@OptIn(ExperimentalAtomicApi::class)
internal class PhaseTimer(private val call: HttpCall, private val alarm: Alarm) : DisposableHandle {
    private val running = AtomicReference<DisposableHandle?>(null)

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

    private inner class Running(val phase: Phase) : DisposableHandle {
        @Volatile private var timer: DisposableHandle? = null

        fun start() {
            timer = alarm.set(TIMERS.getValue(phase)) { ErrorDetails.builder().provider(call.provider) }
        }

        override fun dispose() {
            timer?.dispose()
        }
    }

    private object Over : DisposableHandle {
        override fun dispose() = Unit
    }

    private companion object {
        val TIMERS = mapOf(Phase.CONNECTING to Timer.CONNECT, Phase.WRITING to Timer.WRITE, Phase.WAITING to Timer.FIRST_BYTE)
    }
}
