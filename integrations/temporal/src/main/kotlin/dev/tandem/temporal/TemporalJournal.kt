package dev.tandem.temporal

import dev.tandem.workflow.durable.StepFailedException
import dev.tandem.workflow.replay.Journal
import dev.tandem.workflow.replay.RunCancelledException
import io.temporal.activity.ActivityCancellationType
import io.temporal.activity.ActivityOptions
import io.temporal.common.RetryOptions
import io.temporal.common.converter.RawValue
import io.temporal.failure.ActivityFailure
import io.temporal.failure.ApplicationFailure
import io.temporal.failure.CanceledFailure
import io.temporal.failure.TemporalFailure
import io.temporal.workflow.CancellationScope
import io.temporal.workflow.Promise
import io.temporal.workflow.TimerOptions
import io.temporal.workflow.Workflow
import io.temporal.workflow.unsafe.WorkflowUnsafe
import java.time.Duration
import kotlin.coroutines.CoroutineContext

/** The history of a run. It never suspends: Temporal holds the thread instead, and takes it away where it needs the place. */
internal class TemporalJournal(private val worker: StepWorker) : Journal {
    /** What has come and was not looked at, in the order of the history; null where that is nothing that is waited for. */
    private val news = ArrayDeque<() -> Journal.Entry?>()
    private val answers = Answers.ofRun()

    init {
        CancellationScope.current().cancellationRequest.thenApply<Unit> { reason ->
            news.addLast { throw RunCancelledException(CanceledFailure(reason ?: "the run was cancelled")) }
        }
    }

    override suspend fun step(name: String, context: CoroutineContext, action: suspend () -> String): Journal.Entry =
        Step(name, Action(context, action)).also { it.begin() }

    override suspend fun timer(name: String, millis: Long): Journal.Entry = Wait("") { timer(name, Duration.ofMillis(millis)) }

    override suspend fun answer(name: String): Journal.Entry = Wait(null) { answers.of(name) }

    override suspend fun first(entries: List<Journal.Entry>): Int {
        while (true) {
            Workflow.await { news.isNotEmpty() }
            val entry = news.removeFirst()() ?: continue
            val index = entries.indexOf(entry)
            if (index >= 0) return index
        }
    }

    override fun isFinal(error: Throwable): Boolean = error is TemporalFailure

    override fun final(error: Exception): Exception = Ends.of(error)

    private fun timer(name: String, time: Duration): Promise<Void> =
        Workflow.newTimer(time, TimerOptions.newBuilder().setSummary(name).build())

    /** A timer or an answer. */
    private inner class Wait(private var text: String?, promise: () -> Promise<*>) : Journal.Entry {
        private val scope = Workflow.newDetachedCancellationScope {
            promise().handle<Unit> { value, _ ->
                if (text == null) text = value as? String
                news.addLast { this }
            }
        }

        init {
            scope.run()
        }

        override suspend fun value(): String = checkNotNull(text)

        override fun drop(retried: Throwable?) {
            if (retried == null) scope.cancel()
        }
    }

    /** An activity, and another one where nobody knows what came of it. */
    private inner class Step(private val name: String, private val action: Action) : Journal.Entry {
        private var times = 0
        private var isDropped = false
        private var outcome: Result<String>? = null
        private lateinit var scope: CancellationScope

        fun begin() {
            times++
            val token = Workflow.randomUUID().toString()
            // In a replay the activity is there already, and so is its action, if this is the process that began it.
            if (!WorkflowUnsafe.isReplaying()) worker.actions.offer(token, action)
            within {
                Workflow.newUntypedActivityStub(options()).executeAsync(name, RawValue::class.java, token).handle<Unit> { value, error ->
                    news.addLast { ended(value, error) }
                }
            }
        }

        private fun ended(value: RawValue?, error: RuntimeException?): Journal.Entry? {
            if (isDropped) return null
            if (Lost.isLost(error)) return null.also { again() }
            outcome = if (value != null) Result.success(JsonPayload.textOf(value)) else Result.failure(failure(error))
            return this
        }

        private fun again() {
            val pause = Lost.pause(times)
            if (pause.isZero) return begin()
            within { timer("$name, again", pause).handle<Unit> { _, _ -> news.addLast { null.also { if (!isDropped) begin() } } } }
        }

        private fun within(begin: () -> Unit) {
            scope = Workflow.newDetachedCancellationScope(begin)
            scope.run()
        }

        private fun failure(error: RuntimeException?): StepFailedException {
            val cause = (error as? ActivityFailure)?.cause ?: error
            if (cause is ApplicationFailure) return StepFailedException(name, cause.type, cause.originalMessage.ifEmpty { null })
            return StepFailedException(name, if (cause == null) "Exception" else cause::class.java.simpleName, cause?.message)
        }

        override suspend fun value(): String = checkNotNull(outcome).getOrThrow()

        override fun drop(retried: Throwable?) {
            isDropped = true
            if (retried == null) scope.cancel()
        }
    }

    private fun options() = ActivityOptions
        .newBuilder()
        .setTaskQueue(worker.queue)
        .setScheduleToStartTimeout(worker.silence)
        .setHeartbeatTimeout(worker.silence)
        .setStartToCloseTimeout(LONGEST)
        // Steps that fail are tried again by the action itself, and those that are lost by the workflow.
        .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
        .setCancellationType(ActivityCancellationType.TRY_CANCEL)
        .build()

    private companion object {
        /** One has to be given. */
        val LONGEST: Duration = Duration.ofDays(3_650)
    }
}
