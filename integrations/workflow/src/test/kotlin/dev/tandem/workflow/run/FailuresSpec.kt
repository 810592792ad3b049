package dev.tandem.workflow.run

import dev.tandem.resilience.RetryPolicy
import dev.tandem.workflow.ApprovalNode
import dev.tandem.workflow.ConditionNode
import dev.tandem.workflow.FailurePolicy
import dev.tandem.workflow.Model
import dev.tandem.workflow.NodeFunction
import dev.tandem.workflow.TransformNode
import dev.tandem.workflow.agent
import dev.tandem.workflow.delay
import dev.tandem.workflow.executorOf
import dev.tandem.workflow.join
import dev.tandem.workflow.transform
import dev.tandem.workflow.workflow
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withTimeout
import java.io.IOException
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds

class FailuresSpec :
    StringSpec({
        "a node that fails fails the run, with what was done" {
            runTest {
                val flow = workflow("report") {
                    val a = agent("a") { prompt = "good" }
                    val b = agent("b", a) { prompt = "bad" }
                    agent("c", b) { prompt = "never" }
                    delay("long", 1.hours)
                }
                val result = executorOf(Model.echo { check("bad" !in it) { "it broke" } }).execute(flow)
                result.state shouldBe RunState.FAILED
                val error = result.error.shouldBeInstanceOf<NodeFailedException>()
                error.node shouldBe "b"
                error.message shouldBe "the workflow 'report' failed at its node 'b': it broke"
                error.cause.shouldBeInstanceOf<IllegalStateException>()
                result.nodeText("a") shouldBe "re: good"
                result.node("b")?.state shouldBe NodeState.FAILED
                result.node("c")?.skipReason shouldBe SkipReason.RUN_OVER
                result.node("long")?.skipReason shouldBe SkipReason.RUN_OVER
                currentTime shouldBe 0
                shouldThrow<NodeFailedException> { result.orThrow() }
            }
        }

        "or only what comes after it is skipped" {
            runTest {
                val lenient = workflow("w") {
                    add(
                        TransformNode
                            .builder("bad")
                            .onFailure(FailurePolicy.SKIP_DESCENDANTS)
                            .build { throw IOException("no") },
                    )
                    val good = transform("good") { "fine" }
                    val next = join("next") { after("bad") }
                    join("strict", next, good)
                    join("tolerant", next, good) { tolerant = true }
                }
                val result = executorOf().execute(lenient)
                result.isSuccess shouldBe true
                result.failures.single().name shouldBe "bad"
                result.node("next")?.skipReason shouldBe SkipReason.FAILED_BEFORE
                result.node("strict")?.skipReason shouldBe SkipReason.FAILED_BEFORE
                result.nodeOutput("tolerant").toString() shouldBe """{"good":"fine"}"""
            }
        }

        "or a fallback takes its place" {
            runTest {
                val flow = workflow("w") {
                    val a = agent("a") {
                        prompt = "bad"
                        onFailure = FailurePolicy.fallback(mapOf("score" to 0))
                    }
                    agent("b", a) { prompt = "score {{node.a.score}}" }
                }
                val result = executorOf(Model.echo { check(it != "bad") { "it broke" } }).execute(flow)
                result.isSuccess shouldBe true
                result.nodeText("b") shouldBe "re: score 0"
                result.node("a")?.state shouldBe NodeState.COMPLETED
                result
                    .node("a")
                    ?.error
                    .shouldNotBeNull()
                    .message shouldBe "it broke"
            }
        }

        "a condition falls back on a way" {
            runTest {
                val route = ConditionNode.builder("route").onFailure(FailurePolicy.fallback("a")).build { throw IOException("no") }
                val flow = workflow("w") {
                    add(route)
                    join("a", route)
                    join("b", route)
                }
                val result = executorOf().execute(flow)
                result.node("a")?.state shouldBe NodeState.COMPLETED
                result.node("b")?.skipReason shouldBe SkipReason.NOT_CHOSEN
            }
        }

        "a node is tried as often as it says, also where its own code fails" {
            runTest {
                var times = 0
                val flow = workflow("w") {
                    add(
                        TransformNode
                            .builder("a")
                            .retry(RetryPolicy.builder().maxAttempts(3).build())
                            .build { if (++times < 3) throw IOException("time $times") else "done" },
                    )
                }
                val record = executorOf().execute(flow).node("a").shouldNotBeNull()
                record.retries shouldBe 2
                record.timeline.map { it.error } shouldBe listOf("time 1", "time 2", null)
            }
        }

        "the executor's retries are for nodes without" {
            runTest {
                var times = 0
                val flow = workflow("w") { transform("a") { if (++times < 2) throw IOException("no") else "done" } }
                executorOf { settings { retry = RetryPolicy.builder().maxAttempts(2).build() } }.execute(flow).isSuccess shouldBe true
                times shouldBe 2
            }
        }

        "a node's time limit is for each attempt" {
            runTest {
                val flow = workflow("w") {
                    agent("a") {
                        prompt = "x"
                        timeout = 100.milliseconds
                        retry = RetryPolicy
                            .builder()
                            .maxAttempts(2)
                            .firstPauseMillis(0)
                            .build()
                    }
                }
                val result = executorOf(Model.echo { awaitCancellation() }).execute(flow)
                result.error
                    ?.cause
                    .shouldBeInstanceOf<WorkflowTimeoutException>()
                    .message shouldBe
                    "the node 'a' took longer than 100 ms: give it more by timeoutMillis"
                currentTime shouldBe 200
            }
        }

        "a run's time limit" {
            runTest {
                val flow = workflow("w") {
                    val a = agent("a") { prompt = "x" }
                    delay("b", 1.hours, a)
                }
                val result = executorOf { settings { runTimeout = 5.seconds } }.execute(flow)
                result.isFailed shouldBe true
                result.error.shouldBeInstanceOf<WorkflowTimeoutException>().message shouldContain "took longer than 5000 ms"
                result.nodeText("a") shouldBe "re: x"
                currentTime shouldBe 5_000
            }
        }

        "an approval's time limit" {
            runTest {
                val flow = workflow("w") {
                    add(
                        ApprovalNode
                            .builder("ok")
                            .question("well?")
                            .timeoutMillis(1_000)
                            .build(),
                    )
                }
                val result = executorOf().execute(flow)
                result.error?.cause.shouldBeInstanceOf<WorkflowTimeoutException>()
                currentTime shouldBe 1_000
            }
        }

        "cancelling the caller cancels the calls" {
            runTest {
                var isCancelled = false
                val model = Model.echo {
                    try {
                        awaitCancellation()
                    } finally {
                        isCancelled = true
                    }
                }
                val flow = workflow("w") { agent("a") { prompt = "x" } }
                val run = launch { executorOf(model).execute(flow) }
                testScheduler.runCurrent()
                run.cancel()
                run.join()
                isCancelled shouldBe true
            }
        }

        "a cancellation from within a node is its failure, not the run's" {
            runTest {
                val flow = workflow("w") {
                    transform("a") { withTimeout(10.milliseconds) { delay(1.hours) } }
                    transform("b") { throw CancellationException("mine") }
                }
                val result = executorOf().execute(flow)
                result.isFailed shouldBe true
                result.error.shouldNotBeNull().message shouldContain "was cancelled from within"
            }
        }

        "a fallback that a condition cannot take fails the run" {
            runTest {
                val flow = workflow("w") {
                    val way = ConditionNode.builder("way").onFailure(FailurePolicy.fallback("nobody")).build(NodeFunction { error("no") })
                    add(way)
                    transform("a", way) { 1 }
                }
                val result = executorOf().execute(flow)
                result.isFailed shouldBe true
                result.error
                    ?.cause
                    ?.suppressed
                    ?.single()
                    ?.message shouldContain "condition 'way' chose 'nobody'"
            }
        }
    })
