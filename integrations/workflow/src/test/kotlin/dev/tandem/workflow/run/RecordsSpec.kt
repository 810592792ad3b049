package dev.tandem.workflow.run

import dev.tandem.AiClient
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.ToolCall
import dev.tandem.process.newFolder
import dev.tandem.resilience.Jitter
import dev.tandem.resilience.RetryPolicy
import dev.tandem.resilience.serverError
import dev.tandem.tool.Script
import dev.tandem.tool.asks
import dev.tandem.tool.says
import dev.tandem.tool.tool
import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.agent
import dev.tandem.workflow.durable.JournalSteps
import dev.tandem.workflow.map
import dev.tandem.workflow.workflow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.Json

class RecordsSpec :
    StringSpec({
        fun AgentNode.Builder.withTools() {
            prompt = "How is the sky?"
            tool(tool("sun") { delay(300).let { "it shines" } })
            tool(tool("moon") { delay(100).let { error("clouds") } })
        }

        fun script(script: List<suspend Script.() -> ChatResponse>) = AiClient(Script(*script.toTypedArray())) {
            retry = RetryPolicy
                .builder()
                .firstPauseMillis(50)
                .jitter(Jitter.NONE)
                .build()
        }

        /** Fails once, asks for two tools, for one that is not there, and answers. Each takes 10 ms. */
        fun talk() = script(
            listOf<suspend Script.() -> ChatResponse>(
                { throw serverError() },
                { asks(ToolCall("1", "sun", """{"in":"Oslo"}"""), ToolCall("2", "moon", "{}")) },
                { asks(ToolCall("3", "stars", "{}")) },
                { says("Fine") },
            ).map { line -> { delay(10).let { line() } } },
        )

        fun TestScope.executor(ai: AiClient, change: ExecutorSettings.Builder.() -> Unit = {}) = WorkflowExecutor
            .builder(ai)
            .apply {
                clock = testScheduler.timeSource
                now = { 1_000_000 + currentTime }
            }.settings(change)
            .build()

        val flow = workflow("w") { agent("a") { withTools() } }

        "what tools were asked and gave, when, how long, and in which round" {
            runTest {
                val record = executor(talk())
                    .execute(flow)
                    .orThrow()
                    .node("a")
                    .shouldNotBeNull()
                record.toolCalls.map { listOf(it.tool, it.arguments, it.result, it.startedAtMillis, it.tookMillis, it.round) } shouldBe
                    listOf(
                        listOf("moon", "{}", null, 1_000_070L, 100L, 1),
                        listOf("sun", """{"in":"Oslo"}""", "it shines", 1_000_070L, 300L, 1),
                        listOf("stars", "{}", null, 1_000_380L, 0L, 2),
                    )
                record.toolCalls[0].error shouldBe "clouds"
                record.toolCalls[1].error.shouldBeNull()
                record.toolCalls[2].error.shouldNotBeNull() shouldContain "no tool named 'stars'"
                "${record.toolCalls[1]}" shouldBe "sun in 300 ms"
            }
        }

        "each request to a model" {
            runTest {
                val calls = executor(talk())
                    .execute(flow)
                    .orThrow()
                    .node("a")
                    .shouldNotBeNull()
                    .modelCalls
                calls.map { listOf(it.startedAtMillis, it.tookMillis, it.attempt, it.finishReason, it.usage.totalTokens) } shouldBe listOf(
                    listOf(1_000_000L, 10L, 1, null, 0L),
                    listOf(1_000_060L, 10L, 2, FinishReason.TOOL_CALLS, 15L),
                    listOf(1_000_370L, 10L, 1, FinishReason.TOOL_CALLS, 15L),
                    listOf(1_000_380L, 10L, 1, FinishReason.STOP, 15L),
                )
                calls.map { it.provider to it.model }.toSet() shouldBe setOf("script" to "script-1")
                calls[0].error.shouldNotBeNull()
                calls.drop(1).forEach { it.error.shouldBeNull() }
            }
        }

        "a node that failed has them too, and each attempt what went wrong" {
            runTest {
                val failing: List<suspend Script.() -> ChatResponse> = List(3) { { throw serverError() } }
                val record = executor(script(failing)).execute(flow).node("a").shouldNotBeNull()
                record.state shouldBe NodeState.FAILED
                record.modelCalls.map { it.attempt } shouldContainExactly listOf(1, 2, 3)
                record.timeline
                    .single()
                    .error
                    .shouldNotBeNull()
            }
        }

        "a map has those of all its items" {
            runTest {
                val each = AgentNode.of("each", "{{item}}")
                val many = workflow("w") { map("all", each) { over = "{{input.list}}" } }
                val ai = script(List(3) { { says("done") } })
                val record = executor(ai).execute(many, mapOf("list" to listOf(1, 2, 3))).orThrow().node("all")
                record.shouldNotBeNull().modelCalls.size shouldBe 3
            }
        }

        "a journal keeps them" {
            runTest {
                val file = newFolder().resolve("run.journal")

                suspend fun run(ai: AiClient, flow: Workflow) =
                    JournalSteps.open(file).use { executor(ai).execute(flow, emptyMap(), it).orThrow() }

                fun told(result: WorkflowResult) = result.node("a").shouldNotBeNull().run {
                    toolCalls.map { listOf(it.tool, it.arguments, it.result, it.error, it.startedAtMillis, it.tookMillis, it.round) } +
                        modelCalls.map { "$it ${it.provider} ${it.startedAtMillis} ${it.attempt} ${it.isHedge} ${it.finishReason}" }
                }
                val first = run(talk(), flow)
                val again = run(script(emptyList()), flow)
                again.node("a")?.isResumed shouldBe true
                told(again) shouldBe told(first)
            }
        }

        "what was kept before they were is still read" {
            val old = """{"output":"x","tools":[{"name":"sun","ms":5}],"attempts":[{"at":7,"ms":9}]}"""
            val done = Json.decodeFromString(NodeDone.serializer(), old)
            done.calls shouldBe emptyList()
            done.tools.single().toUse().run {
                listOf(arguments, result, error, startedAtMillis) shouldBe listOf(null, null, null, null)
                tookMillis shouldBe 5
                round shouldBe 0
            }
        }

        "nothing of what was said is kept where inputs are not" {
            runTest {
                val record = executor(talk()) { recordsInputs(false) }
                    .execute(flow)
                    .orThrow()
                    .node("a")
                    .shouldNotBeNull()
                record.toolCalls.map { it.tool } shouldContainExactly listOf("moon", "sun", "stars")
                record.toolCalls.forEach {
                    it.arguments.shouldBeNull()
                    it.result.shouldBeNull()
                }
            }
        }

        "events have their run and their time, and requests their model" {
            runTest {
                val executor = executor(talk())
                val events = executor.stream(flow).toList()
                val result = (events.last() as WorkflowEvent.RunCompleted).result
                events.map { it.runId }.toSet() shouldBe setOf(result.runId)
                events.first().atMillis shouldBe 1_000_000
                events.last().atMillis shouldBe 1_000_390
                events.map { it.atMillis } shouldBe events.map { it.atMillis }.sorted()
                events.filterIsInstance<WorkflowEvent.LlmCallStarted>().map { "${it.provider} ${it.model} ${it.atMillis}" } shouldBe
                    listOf(1_000_000, 1_000_060, 1_000_370, 1_000_380).map { "script script-1 $it" }
                events.filterIsInstance<WorkflowEvent.LlmCallCompleted>().map { it.call.attempt } shouldBe listOf(1, 2, 1, 1)
                events.filterIsInstance<WorkflowEvent.ToolCallStarted>().map { "${it.tool} ${it.arguments}" } shouldBe
                    listOf("""sun {"in":"Oslo"}""", "moon {}")
                events.filterIsInstance<WorkflowEvent.ToolCallCompleted>().map { "${it.tookMillis} ${it.call.result}" } shouldBe
                    listOf("300 it shines")
                events.filterIsInstance<WorkflowEvent.ToolCallFailed>().map { "${it.tool} ${it.tookMillis} ${it.call.round}" } shouldBe
                    listOf("moon 100 1", "stars 0 2")
                events.forEach { "$it" shouldNotContain "shines" }
            }
        }
    })
