package dev.tandem.workflow.run

import dev.tandem.AiClient
import dev.tandem.model.ToolCall
import dev.tandem.tool.Script
import dev.tandem.tool.asks
import dev.tandem.tool.says
import dev.tandem.tool.tool
import dev.tandem.workflow.Model
import dev.tandem.workflow.agent
import dev.tandem.workflow.approval
import dev.tandem.workflow.delay
import dev.tandem.workflow.durable.Decision
import dev.tandem.workflow.executorOf
import dev.tandem.workflow.join
import dev.tandem.workflow.transform
import dev.tandem.workflow.workflow
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.filterNot
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.minutes

class EventsSpec :
    StringSpec({
        val chat = workflow("chat") {
            val a = agent("a") { prompt = "one two" }
            agent("b", a) { prompt = "{{node.a}}" }
        }

        "a stream tells all that happens, and ends with the result" {
            runTest {
                val told = executorOf().stream(chat).map { "$it" }.toList()
                told shouldContainExactly listOf(
                    "RunStarted()",
                    "NodeStarted(a)",
                    "LlmCallStarted(a)",
                    "Token(a)",
                    "Token(a)",
                    "Token(a)",
                    "LlmCallCompleted(a)",
                    "NodeCompleted(a)",
                    "NodeStarted(b)",
                    "LlmCallStarted(b)",
                    "Token(b)",
                    "Token(b)",
                    "Token(b)",
                    "Token(b)",
                    "LlmCallCompleted(b)",
                    "NodeCompleted(b)",
                    "RunCompleted()",
                )
            }
        }

        "filters" {
            runTest {
                val executor = executorOf()
                val all = executor.stream(chat).map { "$it" }.toList()
                val updates = executor.stream(chat, filter = EventFilter.UPDATES).map { "$it" }.toList()
                updates shouldContainExactly all.filterNot { "Token" in it }
                val messages = executor.stream(chat, filter = EventFilter.MESSAGES).toList()
                messages.filterIsInstance<WorkflowEvent.Token>().joinToString("") { it.text } shouldBe "re: one twore: re: one two"
                messages.map { it::class } shouldContainExactly List(7) { WorkflowEvent.Token::class } + WorkflowEvent.RunCompleted::class
            }
        }

        "tools of a node's model" {
            runTest {
                val script = Script({ asks(ToolCall("1", "good", "{}"), ToolCall("2", "bad", "{}")) }, { says("done") })
                val flow = workflow("w") {
                    agent("a") {
                        prompt = "x"
                        tool(tool("good") { "fine" })
                        tool(tool("bad") { error("broken") })
                    }
                }
                val executor = WorkflowExecutor.of(AiClient(script))
                val events = executor.stream(flow).toList()
                events.filterIsInstance<WorkflowEvent.ToolCallStarted>().map { it.tool } shouldContainExactly listOf("good", "bad")
                events.filterIsInstance<WorkflowEvent.ToolCallCompleted>().single().tool shouldBe "good"
                events
                    .filterIsInstance<WorkflowEvent.ToolCallFailed>()
                    .single()
                    .error.message
                    .shouldNotBeNull() shouldContain "broken"
                val record = (events.last() as WorkflowEvent.RunCompleted).result.node("a").shouldNotBeNull()
                record.toolCalls.map { it.tool } shouldContainExactly listOf("good", "bad")
                record.usage.totalTokens shouldBe 30
            }
        }

        "a reader that leaves cancels the run" {
            runTest {
                val isCancelled = CompletableDeferred<Unit>()
                val model = Model.echo {
                    try {
                        awaitCancellation()
                    } finally {
                        isCancelled.complete(Unit)
                    }
                }
                executorOf(model).stream(chat).take(2).toList()
                isCancelled.isCompleted shouldBe true
            }
        }

        "a slow reader slows down the run, and misses nothing" {
            runTest {
                var begun = 0
                val flow = workflow("w") {
                    var last = transform("n0") { begun++ }
                    for (i in 1..99) last = transform("n$i", last) { begun++ }
                }
                var mostAhead = 0
                var seen = 0
                val executor = executorOf { settings { eventBuffer(4) } }
                executor.stream(flow).collect {
                    delay(1.minutes)
                    if (it is WorkflowEvent.NodeCompleted) seen++
                    mostAhead = maxOf(mostAhead, begun - seen)
                }
                seen shouldBe 100
                (mostAhead <= 4) shouldBe true
            }
        }

        "a slow reader of a run that goes on by itself misses tokens only, and is told how many" {
            runTest {
                val words = (1..1_000).joinToString(" ") { "w" }
                val begins = CompletableDeferred<Unit>()
                val model = Model {
                    begins.await()
                    words
                }
                val executor = executorOf(model) { settings { eventBuffer(10) } }
                val run = executor.start(workflow("w") { agent("a") { prompt = "x" } })
                val isHeard = CompletableDeferred<Unit>()
                val isOver = CompletableDeferred<Unit>()
                val reading = async {
                    run
                        .events()
                        .map {
                            isHeard.complete(Unit)
                            if (it is WorkflowEvent.Token) isOver.await()
                            it
                        }.toList()
                }
                isHeard.await()
                begins.complete(Unit)
                run.await().isSuccess shouldBe true
                isOver.complete(Unit)
                val events = reading.await()
                val tokens = events.count { it is WorkflowEvent.Token }
                val missed = events.filterIsInstance<WorkflowEvent.TokensMissed>().sumOf { it.count }
                tokens + missed shouldBe 1_000
                missed.toInt() shouldBeGreaterThan 0
                events.last().shouldBeInstanceOf<WorkflowEvent.RunCompleted>()
                events.count { it is WorkflowEvent.NodeCompleted } shouldBe 1
            }
        }

        "a run that goes on by itself: readers come and go, late ones hear all but tokens" {
            val executor = executorOf()
            val run = executor.start(chat)
            run.events().first()
            run.await().isSuccess shouldBe true
            run.isOver shouldBe true
            run
                .events(EventFilter.UPDATES)
                .map { "$it" }
                .filterNot { "Llm" in it }
                .toList() shouldContainExactly
                listOf("RunStarted()", "NodeStarted(a)", "NodeCompleted(a)", "NodeStarted(b)", "NodeCompleted(b)", "RunCompleted()")
        }

        "a run that is cancelled has a result all the same" {
            val flow = workflow("w") {
                val a = transform("a") { "done" }
                delay("b", 1.hours, a)
                join("c", a)
            }
            val run = executorOf().start(flow)
            run.events().first { it is WorkflowEvent.NodeStarted && it.node == "b" }
            run.cancel()
            val result = run.await()
            result.state shouldBe RunState.CANCELLED
            result.nodeText("a") shouldBe "done"
            result.node("b")?.skipReason shouldBe SkipReason.RUN_OVER
            run
                .events()
                .toList()
                .last()
                .shouldBeInstanceOf<WorkflowEvent.RunFailed>()
        }

        "somebody approves" {
            val flow = workflow("w") {
                val plan = agent("plan") { prompt = "plan" }
                val ok = approval("ok", plan) { question = "Do {{node.plan}}?" }
                transform("done", ok) { "by ${it.text("ok")}" }
            }
            val run = executorOf().start(flow)
            val asked = run.events().first { it is WorkflowEvent.ApprovalAsked } as WorkflowEvent.ApprovalAsked
            asked.question shouldBe "Do re: plan?"
            run.decide("ok", Decision.yes("Ann", "go")) shouldBe true
            run.decide("ok", Decision.no("Bob")) shouldBe false
            run.await().nodeText("done") shouldBe """by {"by":"Ann","comment":"go"}"""
            shouldThrow<IllegalArgumentException> { run.decide("nobody", Decision.yes("Ann")) }.message shouldContain
                "has no approval 'nobody'"
        }

        "somebody refuses" {
            val run = executorOf().start(workflow("w") { approval("ok") { question = "well?" } })
            run.decide("ok", Decision.no("Bob", "too dear")) shouldBe true
            val result = run.await()
            result.error
                ?.cause
                .shouldBeInstanceOf<ApprovalRefusedException>()
                .message shouldBe "'ok' was refused by Bob: too dear"
        }

        "closing the executor ends what was started" {
            val executor = executorOf()
            val run = executor.start(workflow("w") { delay("a", 1.hours) })
            run.events().first { it is WorkflowEvent.NodeStarted }
            executor.close()
            executor.close()
            run.await().state shouldBe RunState.CANCELLED
            shouldThrow<IllegalStateException> { executor.start(chat).await() }.message shouldContain "was closed"
        }
    })
