package dev.tandem.workflow.durable

import dev.tandem.journal.JournalException
import dev.tandem.journal.JournalInUseException
import dev.tandem.process.newFolder
import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.Model
import dev.tandem.workflow.WorkflowInput
import dev.tandem.workflow.agent
import dev.tandem.workflow.approval
import dev.tandem.workflow.delay
import dev.tandem.workflow.executorOf
import dev.tandem.workflow.input
import dev.tandem.workflow.join
import dev.tandem.workflow.map
import dev.tandem.workflow.run.NodeState
import dev.tandem.workflow.subWorkflow
import dev.tandem.workflow.transform
import dev.tandem.workflow.workflow
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Runnable
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.builtins.serializer
import java.nio.file.Path
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.io.path.readBytes
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText
import kotlin.time.Duration.Companion.minutes

class JournalStepsSpec :
    StringSpec({
        fun report(prompt: String = "one") = workflow("report") {
            val a = agent("a") { this.prompt = prompt }
            val list = transform("list", a) { listOf("x", "y") }
            val all = map("all", AgentNode.of("each", "{{item}}"), list) { over = "{{node.list}}" }
            agent("b", all) { this.prompt = "{{node.a}} {{node.all}}" }
        }

        "what is finished is not done again, and the result is the same" {
            runTest {
                val file = newFolder().resolve("run.journal")
                val model = Model.echo { check("re: x" !in it) { "not yet" } }
                val first = JournalSteps.open(file).use { executorOf(model).execute(report(), emptyMap(), it) }
                first.isFailed shouldBe true
                model.heard.size shouldBe 4
                val second = Model.echo()
                val result = JournalSteps.open(file).use { executorOf(second).execute(report(), emptyMap(), it) }
                result.isSuccess shouldBe true
                second.heard.size shouldBe 1
                result.node("a").shouldNotBeNull().run {
                    isResumed shouldBe true
                    state shouldBe NodeState.COMPLETED
                    usage.totalTokens shouldBe 15
                }
                result.usage.totalTokens shouldBe 60
                result.allNodeOutputs shouldBe executorOf().execute(report()).allNodeOutputs
            }
        }

        "a node that has changed is done anew, with all after it" {
            runTest {
                val file = newFolder().resolve("run.journal")
                JournalSteps.open(file).use { executorOf().execute(report(), emptyMap(), it) }
                val model = Model.echo()
                val result = JournalSteps.open(file).use { executorOf(model).execute(report("two"), emptyMap(), it) }
                model.heard.size shouldBe 4
                result.nodeText("a") shouldBe "re: two"
            }
        }

        "cut at every byte, a journal loses what was cut and nothing else" {
            val file = newFolder().resolve("run.journal")
            val flow = workflow("w") {
                val a = transform("a") { "one" }
                transform("b", a) { "two" }
            }
            JournalSteps.open(file).use { executorOf().execute(flow, emptyMap(), it) }
            val whole = file.readBytes()
            for (length in whole.indices) {
                file.writeBytes(whole.copyOf(length))
                withClue("$length of ${whole.size} bytes") {
                    JournalSteps.open(file).use { executorOf().execute(flow, emptyMap(), it).nodeText("b") shouldBe "two" }
                }
            }
        }

        "a wait goes on where it was" {
            runTest {
                var now = 1_000L
                val file = newFolder().resolve("run.journal")
                val flow = workflow("w") { delay("a", 10.minutes) }
                val cut = executorOf { settings { runTimeoutMillis(60_000) } }
                JournalSteps.open(file, { now }, EmptyCoroutineContext).use { cut.execute(flow, emptyMap(), it).isFailed shouldBe true }
                now += 9.minutes.inWholeMilliseconds
                val before = currentTime
                JournalSteps.open(file, { now }, EmptyCoroutineContext).use {
                    executorOf().execute(flow, emptyMap(), it).isSuccess shouldBe
                        true
                }
                currentTime - before shouldBe 60_000
            }
        }

        "an approval is asked in one process, given in another, and heard in a third" {
            runTest {
                val file = newFolder().resolve("run.journal")
                val flow = workflow("w") {
                    val a = agent("a") { prompt = "plan" }
                    val ok = approval("ok", a) { question = "Do {{node.a}}?" }
                    join("end", ok)
                }
                val model = Model.echo()
                val patient = executorOf(model) { settings { runTimeoutMillis(1_000) } }
                opened(file).use { patient.execute(flow, emptyMap(), it).isFailed shouldBe true }
                opened(file).use { it.decide("ok", Decision.yes("Ann")) shouldBe true }
                opened(file).use { it.decide("ok", Decision.no("Bob")) shouldBe false }
                val result = opened(file).use { patient.execute(flow, emptyMap(), it) }
                result.nodeOutput("ok").toString() shouldBe """{"by":"Ann","comment":null}"""
                model.heard.size shouldBe 1
            }
        }

        "what was said of one question is not taken for the answer to another" {
            runTest {
                val file = newFolder().resolve("run.journal")

                fun flow(text: String) = workflow("w") { approval("ok") { question = text } }
                val patient = executorOf { settings { runTimeoutMillis(1_000) } }
                opened(file).use { patient.execute(flow("Send 10?"), emptyMap(), it) }
                opened(file).use { it.decide("ok", Decision.yes("Ann")) }
                val result = opened(file).use { patient.execute(flow("Send 1000?"), emptyMap(), it) }
                result.error.shouldNotBeNull().message shouldContain "the question of 'ok' has changed since it was asked ('Send 10?' was"
            }
        }

        "another workflow's journal, another kind of file, a folder, one that is in use" {
            runTest {
                val file = newFolder().resolve("run.journal")
                val one = workflow("one") { transform("a") { 1 } }
                val two = workflow("two") { transform("a") { 1 } }
                JournalSteps.open(file).use { steps ->
                    executorOf().execute(one, emptyMap(), steps)
                    shouldThrow<JournalInUseException> { JournalSteps.open(file) }
                }
                JournalSteps.open(file).use { steps ->
                    shouldThrow<IllegalArgumentException> { executorOf().execute(two, emptyMap(), steps) }.message shouldContain
                        "these steps were kept by the workflow 'one', and this is 'two'"
                }
                val other = newFolder().resolve("notes.txt").apply { writeText("my notes\nare mine\n") }
                shouldThrow<JournalException> { JournalSteps.open(other) }.message shouldContain "is no journal of a workflow"
                shouldThrow<JournalException> { JournalSteps.open(newFolder()) }.message shouldContain "is a folder"
            }
        }

        "a line that is damaged is done again, with what came after it, once" {
            runTest {
                val file = newFolder().resolve("run.journal")
                JournalSteps.open(file).use { steps -> for (i in 1..3) steps.step("s$i", Int.serializer()) { i } }
                val bytes = file.readBytes()
                bytes[bytes.decodeToString().indexOf("\"s2\"") + 1] = 't'.code.toByte()
                file.writeBytes(bytes)
                JournalSteps.open(file).use { steps ->
                    steps.damagedLines shouldBe 1
                    steps.finishedSteps shouldBe 1
                    (1..3).map { i -> steps.step("s$i", Int.serializer()) { -i } } shouldContainExactly listOf(1, -2, -3)
                }
                JournalSteps.open(file).use { steps ->
                    (1..3).map { i -> steps.step("s$i", Int.serializer()) { 0 } } shouldContainExactly listOf(1, -2, -3)
                }
            }
        }

        "a default of a workflow within has changed, and what comes after it is done anew" {
            runTest {
                fun flow(default: String) = workflow("w") {
                    val inner = workflow("inner") {
                        input("x", WorkflowInput.Type.TEXT, default)
                        agent("a") { prompt = "{{input.x}}" }
                    }
                    val sub = subWorkflow("sub", inner)
                    agent("b", sub) { prompt = "{{node.sub}}" }
                }
                val file = newFolder().resolve("run.journal")
                JournalSteps.open(file).use { executorOf().execute(flow("one"), emptyMap(), it) }
                val result = JournalSteps.open(file).use { executorOf().execute(flow("two"), emptyMap(), it) }
                result.nodeText("b") shouldBe "re: re: two"
            }
        }

        "an answer that was written is heard, though whoever gave it has left meanwhile" {
            runTest {
                val waiting = ArrayDeque<Runnable>()
                val disk = object : CoroutineDispatcher() {
                    override fun dispatch(context: CoroutineContext, block: Runnable) {
                        waiting += block
                    }
                }
                JournalSteps.open(newFolder().resolve("run.journal"), { 0 }, disk).use { steps ->
                    val giving = launch { steps.decide("ask", Decision.yes("Ann")) }
                    runCurrent()
                    waiting.removeFirst().run()
                    giving.cancelAndJoin()
                    withTimeout(1.minutes) { steps.await(Decision.nameOf("ask"), Decision.serializer()) }.by shouldBe "Ann"
                }
            }
        }

        "closed steps say so" {
            val steps = JournalSteps.open(newFolder().resolve("run.journal")).apply { close() }
            shouldThrow<IllegalStateException> { executorOf().execute(report(), emptyMap(), steps) }.message shouldContain
                "the steps were closed"
        }
    })

/** By the time of the test. */
private fun opened(file: Path) = JournalSteps.open(file, { 0 }, EmptyCoroutineContext)
