package dev.tandem.restate

import dev.restate.sdk.common.TerminalException
import dev.tandem.workflow.replay.Journal
import dev.tandem.workflow.replay.RunCancelledException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import kotlin.coroutines.CoroutineContext

/** A journal that outlives attempts and compares each replay with it, as Restate's does; [wire] is how long a message to it takes. */
internal class FakeRestate(private val wire: () -> Long = { 1L }) {
    val commands = ArrayList<String>()
    val notices = ArrayList<Notice>()

    /** The steps that were begun, each time. */
    val begun = ArrayList<String>()

    /** What the steps failed with that were to be tried again. */
    val retried = ArrayList<Throwable>()
    private val length = MutableStateFlow(0)

    class Notice(val command: Int, val value: String, val failure: TerminalException?)

    fun kept(name: String): Notice? = notices.firstOrNull { it.command >= 0 && commands[it.command].substringAfter(' ') == name }

    fun answer(name: String, value: String) = note(commands.indexOf("answer $name"), value)

    fun cancel() = note(CANCEL, "", TerminalException(TerminalException.CANCELLED_CODE, "cancelled"))

    private fun note(command: Int, value: String, failure: TerminalException? = null) {
        if (notices.any { it.command == command }) return
        notices += Notice(command, value, failure)
        length.update { it + 1 }
    }

    inner class Attempt : Journal {
        private var commandsSeen = 0
        private var noticesSeen = 0
        private val ready = HashMap<Int, Notice>()

        private inner class Kept(val command: Int, private val action: Action? = null, private val start: () -> Unit) : Journal.Entry {
            private var isStarted = false

            fun startOnce() {
                if (!isStarted && notices.none { it.command == command }) start()
                isStarted = true
            }

            override suspend fun value(): String {
                val notice = ready.getValue(command)
                notice.failure?.let { throw Failure.ofStep(commands[command].substringAfter(' '), it) }
                return notice.value
            }

            override fun drop(retried: Throwable?) {
                action?.drop(retried)
            }
        }

        private fun next(command: String): Int {
            val index = commandsSeen++
            if (index < commands.size) check(commands[index] == command) { "$index was ${commands[index]} before, and is $command" }
            if (index == commands.size) commands += command
            return index
        }

        override fun isFinal(error: Throwable): Boolean = error is TerminalException

        override fun final(error: Exception): Exception = Failure.final(error)

        override suspend fun step(name: String, context: CoroutineContext, action: suspend () -> String): Journal.Entry {
            val act = Action(context, action)
            val scope = CoroutineScope(currentCoroutineContext())
            val command = next("step $name")
            return Kept(command, act) {
                begun += name
                scope.launch {
                    val (value, error) = try {
                        act.run() to null
                    } catch (e: TerminalException) {
                        "" to e
                    } catch (e: Throwable) {
                        retried += e
                        return@launch
                    }
                    // Until it is there, a crash loses it.
                    delay(wire())
                    note(command, value, error)
                }
            }
        }

        override suspend fun timer(name: String, millis: Long): Journal.Entry {
            val scope = CoroutineScope(currentCoroutineContext())
            val command = next("timer $name")
            return Kept(command) {
                scope.launch {
                    delay(millis)
                    note(command, "")
                }
            }
        }

        override suspend fun answer(name: String): Journal.Entry = Kept(next("answer $name")) {}

        override suspend fun first(entries: List<Journal.Entry>): Int {
            val wanted = entries.map { it as Kept }
            while (true) {
                while (noticesSeen < notices.size) {
                    val notice = notices[noticesSeen++]
                    if (notice.command == CANCEL) throw RunCancelledException(notice.failure!!)
                    ready[notice.command] = notice
                    val index = wanted.indexOfFirst { it.command == notice.command }
                    if (index >= 0) return index
                }
                wanted.forEach { it.startOnce() }
                length.first { it > noticesSeen }
            }
        }
    }

    private companion object {
        const val CANCEL = -1
    }
}
