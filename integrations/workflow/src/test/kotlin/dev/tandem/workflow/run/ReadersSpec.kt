package dev.tandem.workflow.run

import dev.tandem.workflow.executorOf
import dev.tandem.workflow.run.WorkflowEvent.Token
import dev.tandem.workflow.transform
import dev.tandem.workflow.workflow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.onEach
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

class ReadersSpec :
    StringSpec({
        "a slow reader hears of each node's end, also where the run is out of time meanwhile" {
            runTest {
                val names = (1..20).map { "n$it" }
                val flow = workflow("w") { for (name in names) transform(name) { 1 } }
                val executor = executorOf {
                    settings {
                        eventBuffer(1)
                        runTimeout = 1.minutes
                    }
                }
                val told = executor.stream(flow).onEach { delay(7.seconds) }.toList()
                val ends = told.filter { it is WorkflowEvent.NodeCompleted || it is WorkflowEvent.NodeSkipped }
                ends.map { it.node } shouldContainExactlyInAnyOrder names
                val result = (told.last() as WorkflowEvent.RunFailed).result
                told.count { it is WorkflowEvent.NodeCompleted } shouldBe result.nodes.count { it.state == NodeState.COMPLETED }
            }
        }

        "how many tokens were missed is told before what comes next, and at the end" {
            runTest {
                val box = Mailbox(EventFilter.ALL, 1, isPatient = false)
                repeat(3) { box.put(Token(Moment("r", 1, "a"), "$it")) }
                box.add(WorkflowEvent.NodeStarted(Moment("r", 2, "b")))
                repeat(4) { box.put(Token(Moment("r", 1, "a"), "$it")) }
                box.close()
                val told = box.read().toList()
                told.map { it::class.simpleName } shouldContainExactly listOf("Token", "TokensMissed", "NodeStarted", "TokensMissed")
                told.filterIsInstance<WorkflowEvent.TokensMissed>().map { it.count } shouldContainExactly listOf(2, 4)
            }
        }
    })
