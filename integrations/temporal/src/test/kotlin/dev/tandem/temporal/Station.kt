package dev.tandem.temporal

import io.temporal.api.enums.v1.EventType
import io.temporal.api.history.v1.HistoryEvent
import io.temporal.client.WorkflowClient
import io.temporal.client.WorkflowOptions
import io.temporal.client.WorkflowStub
import io.temporal.serviceclient.WorkflowServiceStubsOptions
import io.temporal.testing.TestEnvironmentOptions
import io.temporal.testing.TestWorkflowEnvironment
import io.temporal.worker.WorkerFactory
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Runnable
import java.time.Duration
import java.util.concurrent.TimeUnit
import kotlin.coroutines.CoroutineContext
import kotlin.time.toJavaDuration

/** A server in this process, and as many worker processes as a test wants, each of which may die. */
class Station : AutoCloseable {
    private val server = TestWorkflowEnvironment.newInstance(
        TestEnvironmentOptions
            .newBuilder()
            .setWorkflowServiceStubsOptions(
                WorkflowServiceStubsOptions.newBuilder().setGrpcClientInterceptors(listOf(Rootless)).build(),
            ).build(),
    )
    private val processes = ArrayList<WorkerProcess>()
    val client: WorkflowClient get() = server.workflowClient

    fun process(vararg workflows: TemporalWorkflow): WorkerProcess =
        WorkerProcess(client) { steps, factory -> steps.bind(factory.newWorker(QUEUE), *workflows) }.also { processes += it }

    fun start(type: String, id: String = type, vararg arguments: Any): WorkflowStub {
        val options = WorkflowOptions
            .newBuilder()
            .setTaskQueue(QUEUE)
            .setWorkflowId(id)
            .build()
        return client.newUntypedWorkflowStub(type, options).also { it.start(*arguments) }
    }

    /** Whatever waits till then goes on. The server's clock is a virtual one. */
    fun pass(time: kotlin.time.Duration): Unit = time.toJavaDuration().let(server::sleep)

    fun history(id: String): List<HistoryEvent> = client.fetchHistory(id).events

    /** The names of the steps that are kept, as often as they are. */
    fun kept(id: String): List<String> {
        val events = history(id)
        return events.filter { it.eventType == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED }.map {
            val scheduled = it.activityTaskCompletedEventAttributes.scheduledEventId
            events
                .first { event -> event.eventId == scheduled }
                .activityTaskScheduledEventAttributes.activityType.name
        }
    }

    override fun close() {
        processes.forEach { it.kill() }
        server.close()
    }

    companion object {
        const val QUEUE = "queue"
    }
}

/** Its result, within a time in which nothing here may hang. */
inline fun <reified T> WorkflowStub.ends(): T = getResult(60, TimeUnit.SECONDS, T::class.java)

/** What there is of a worker in one process, but for the process. */
class WorkerProcess(client: WorkflowClient, set: (StepWorker, WorkerFactory) -> Unit) {
    private val threads = Mortal()
    private val factory: WorkerFactory = WorkerFactory.newInstance(client)
    private val steps = StepWorker.on(factory, Duration.ofSeconds(1), threads)

    init {
        set(steps, factory)
        factory.start()
    }

    /** Nothing of it runs any more, and nobody hears of that. */
    fun kill() {
        threads.isDead = true
        factory.shutdownNow()
        factory.awaitTermination(10, TimeUnit.SECONDS)
    }

    /** As it is to be done. */
    fun stop() {
        factory.shutdown()
        steps.close()
        factory.awaitTermination(10, TimeUnit.SECONDS)
    }

    private class Mortal : CoroutineDispatcher() {
        @Volatile var isDead = false

        override fun dispatch(context: CoroutineContext, block: Runnable) {
            if (!isDead) Dispatchers.Default.dispatch(context) { if (!isDead) block.run() }
        }
    }
}
