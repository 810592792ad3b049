package dev.tandem.workflow.run

import dev.tandem.workflow.Model
import dev.tandem.workflow.clientOf
import dev.tandem.workflow.durable.FleetingSteps
import dev.tandem.workflow.executorOf
import dev.tandem.workflow.map
import dev.tandem.workflow.transform
import dev.tandem.workflow.workflow
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.runTest
import kotlin.time.TimeSource

class StartedRunsSpec :
    StringSpec({
        "a run that is cancelled before it has a thread has a result and its events all the same" {
            runTest {
                val ended = ArrayList<WorkflowResult>()
                val hub = Hub({ 0 }, 16, remembers = true)
                val steps = FleetingSteps()
                val house = House(
                    House.Clients(clientOf(Model.echo()), emptyMap()),
                    Http(null),
                    ExecutorSettings.DEFAULT,
                    steps,
                    hub,
                    House.Times(TimeSource.Monotonic) { 0 },
                )
                val run = WorkflowRun.of(this, OneRun(house, workflow("w") { transform("a") { 1 } }, emptyMap(), ended::add), hub, steps)
                run.cancel()
                run.await().state shouldBe RunState.CANCELLED
                run.events().map { "$it" }.toList() shouldContainExactly listOf("RunStarted()", "NodeSkipped(a)", "RunFailed()")
                ended.size shouldBe 1
            }
        }

        "a closed executor begins nothing, and says so" {
            val executor = executorOf().apply { close() }
            val flow = workflow("w") { transform("a") { 1 } }
            shouldThrow<IllegalStateException> { executor.start(flow) }.message shouldBe "the executor was closed: make another one"
            shouldThrow<IllegalStateException> { executor.execute(flow) }
            shouldThrow<IllegalStateException> { executor.stream(flow).toList() }
        }
    })
