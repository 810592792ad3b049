package dev.tandem.workflow.run

import dev.tandem.AiClient
import dev.tandem.model.TandemDsl
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.durable.DurableSteps
import dev.tandem.workflow.durable.FleetingSteps
import dev.tandem.workflow.durable.LocalSteps
import io.ktor.client.engine.HttpClientEngine
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.isActive
import kotlinx.coroutines.launch
import java.util.function.Consumer
import kotlin.time.TimeSource

/**
 * Runs workflows, any number at once. A run never throws for what fails in it: its result says so. What throws is a wrong argument, before
 * anything is run. The clients are yours to close.
 */
public class WorkflowExecutor private constructor(from: Builder) : AutoCloseable {
    private val clients = House.Clients(from.ai, from.clients.toMap())
    private val http = Http(from.http)
    private val times = House.Times(from.clock, from.now)
    private val tally = Tally(from.clock)
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Default)

    /** As they are for the next run; those under way keep theirs. */
    @Volatile public var settings: ExecutorSettings = from.settings
        private set

    /** For runs that begin from now on. */
    public fun configure(settings: ExecutorSettings) {
        this.settings = settings
    }

    /** `executor.configure { concurrency = 32 }`: what is not named stays. */
    @JvmSynthetic
    public fun configure(change: ExecutorSettings.Builder.() -> Unit): Unit = configure(settings.newBuilder().apply(change).build())

    /** The same for Java: `configure(s -> s.concurrency(32))`. */
    public fun configure(change: Consumer<ExecutorSettings.Builder>): Unit = configure { change.accept(this) }

    /** Runs [workflow] to its end. Inputs are text, numbers, booleans, lists, maps, records or JSON. */
    public suspend fun execute(workflow: Workflow, inputs: Map<String, Any?> = emptyMap()): WorkflowResult =
        execute(workflow, inputs, FleetingSteps())

    /** The same with [steps] that outlive this process: what an earlier run with them has finished is not done again. */
    public suspend fun execute(workflow: Workflow, inputs: Map<String, Any?>, steps: DurableSteps): WorkflowResult =
        one(workflow, inputs, steps, hub(remembers = false)).run()

    /**
     * Runs [workflow] while the flow is collected, and tells what happens. A slow reader slows down the run; one that leaves cancels it. The
     * last event has the result.
     */
    public fun stream(
        workflow: Workflow,
        inputs: Map<String, Any?> = emptyMap(),
        filter: EventFilter = EventFilter.ALL,
    ): Flow<WorkflowEvent> = flow { emitAll(stream(workflow, inputs, filter, FleetingSteps())) }

    /** The same with [steps] that outlive this process. A server that keeps steps has no events: its workflows wait for nothing else. */
    public fun stream(workflow: Workflow, inputs: Map<String, Any?>, filter: EventFilter, steps: LocalSteps): Flow<WorkflowEvent> = flow {
        val hub = hub(remembers = false)
        val run = one(workflow, inputs, steps, hub)
        val box = hub.open(filter)
        coroutineScope {
            launch {
                try {
                    run.run()
                } finally {
                    hub.close()
                }
            }
            emitAll(box.read())
        }
    }

    /** Starts [workflow] on threads of this executor. Readers of its events come and go; it ends by itself, or when it is cancelled. */
    public fun start(workflow: Workflow, inputs: Map<String, Any?> = emptyMap()): WorkflowRun = start(workflow, inputs, FleetingSteps())

    /** The same with [steps] that outlive this process. */
    public fun start(workflow: Workflow, inputs: Map<String, Any?>, steps: LocalSteps): WorkflowRun {
        val hub = hub(remembers = true)
        return WorkflowRun.of(scope, one(workflow, inputs, steps, hub), hub, steps)
    }

    /** What was run since the executor was made, or since [resetStats]. */
    public fun stats(): ExecutorStats = tally.read(settings)

    /** Begins [stats] anew. Runs under way count when they are over. */
    public fun resetStats(): Unit = tally.reset()

    /** Cancels what was started and is not over; nothing more begins. Closing twice is fine. */
    override fun close() {
        scope.cancel()
        http.close()
    }

    override fun toString(): String = "WorkflowExecutor($settings)"

    private fun hub(remembers: Boolean) = Hub(times.now, settings.eventBuffer, remembers)

    private fun one(workflow: Workflow, inputs: Map<String, Any?>, steps: DurableSteps, hub: Hub): OneRun {
        check(scope.isActive) { "the executor was closed: make another one" }
        val now = settings
        clients.check(workflow)
        val house = House(clients, http, now, steps, hub, times)
        return OneRun(house, workflow, Inputs.of(workflow, inputs)) { if (now.countsRuns) tally.ended(it) }
    }

    /** What it runs workflows with. */
    @TandemDsl
    public class Builder internal constructor(internal val ai: AiClient) {
        internal val clients = LinkedHashMap<String, AiClient>()
        internal var http: HttpClientEngine? = null
        internal var settings = ExecutorSettings.DEFAULT
        internal var clock: TimeSource = TimeSource.Monotonic
        internal var now: () -> Long = System::currentTimeMillis

        /** Another client, for agents that name it. */
        public fun client(name: String, client: AiClient): Builder = apply { clients[name] = client }

        /** Where runs begin with; [configure] changes them later. */
        public fun settings(settings: ExecutorSettings): Builder = apply { this.settings = settings }

        /** `settings { concurrency = 32 }` */
        @JvmSynthetic
        public fun settings(change: ExecutorSettings.Builder.() -> Unit): Builder =
            apply { settings = settings.newBuilder().apply(change).build() }

        /** The same for Java: `settings(s -> s.concurrency(32))`. */
        public fun settings(change: Consumer<ExecutorSettings.Builder>): Builder = settings { change.accept(this) }

        /** For HTTP nodes; OkHttp unless set. Yours to close. */
        public fun httpEngine(engine: HttpClientEngine?): Builder = apply { http = engine }

        /** Starts no thread and opens nothing yet. */
        public fun build(): WorkflowExecutor = WorkflowExecutor(this)
    }

    public companion object {
        /** [ai] is asked by agents that name no other client. It stays yours to close. */
        @JvmStatic
        public fun builder(ai: AiClient): Builder = Builder(ai)

        /** As it comes: 16 nodes at once. */
        @JvmStatic
        public fun of(ai: AiClient): WorkflowExecutor = builder(ai).build()
    }
}
