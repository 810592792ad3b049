package dev.tandem.workflow.durable

import dev.tandem.process.newFolder
import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.Model
import dev.tandem.workflow.agent
import dev.tandem.workflow.executorOf
import dev.tandem.workflow.map
import dev.tandem.workflow.transform
import dev.tandem.workflow.workflow
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withContext
import kotlinx.serialization.builtins.serializer
import java.util.concurrent.atomic.AtomicInteger
import kotlin.coroutines.EmptyCoroutineContext

/** One journal, and more than one run that has it, at the same time. */
class TogetherSpec :
    StringSpec({
        class Slow {
            val gate = CompletableDeferred<Unit>()
            val begun = AtomicInteger()
            val flow = workflow("report") {
                val a = transform("a") {
                    begun.incrementAndGet()
                    gate.await()
                    listOf("x", "y")
                }
                val all = map("all", AgentNode.of("each", "{{item}}"), a) { over = "{{node.a}}" }
                agent("b", all) { prompt = "{{node.all}}" }
            }
        }

        fun opened() = JournalSteps.open(newFolder().resolve("run.journal"), { 0 }, EmptyCoroutineContext)

        "two runs at once do nothing twice, and end alike" {
            val slow = Slow()
            val model = Model.echo()
            opened().use { steps ->
                val runs = withContext(Dispatchers.Default) {
                    val both = List(2) { async { executorOf(model).execute(slow.flow, emptyMap(), steps) } }
                    slow.gate.complete(Unit)
                    both.awaitAll()
                }
                runs.forEach { it.isSuccess shouldBe true }
                runs[0].allNodeOutputs shouldBe runs[1].allNodeOutputs
                slow.begun.get() shouldBe 1
                model.heard.size shouldBe 3
            }
        }

        "where the one that does it is given up, the other does it" {
            runTest {
                val slow = Slow()
                opened().use { steps ->
                    val (first, second) = List(2) {
                        async { executorOf().execute(slow.flow, emptyMap(), steps) }.also { runCurrent() }
                    }
                    slow.begun.get() shouldBe 1
                    first.cancelAndJoin()
                    runCurrent()
                    slow.begun.get() shouldBe 2
                    slow.gate.complete(Unit)
                    second.await().nodeText("b") shouldBe executorOf().execute(slow.flow).nodeText("b")
                }
            }
        }

        "a step within itself is told that it would wait for itself" {
            opened().use { steps ->
                val number = Int.serializer()
                shouldThrow<IllegalStateException> { steps.step("s", number) { steps.step("s", number) { 1 } } }
                steps.step("s", number) { 2 } shouldBe 2
            }
        }
    })
