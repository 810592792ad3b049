package dev.tandem.workflow.run

import dev.tandem.workflow.Model
import dev.tandem.workflow.agent
import dev.tandem.workflow.executorOf
import dev.tandem.workflow.workflow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.delay
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest

/** The table of modes in `docs/workflows.md` has its figures from here. */
class ModesSpec :
    StringSpec({
        val wide = workflow("wide") { for (i in 1..1_000) agent("n$i") { prompt = "x".repeat(10_000) } }

        ExecutorMode.entries.forEach { mode ->
            val seconds = mapOf(
                ExecutorMode.BALANCED to 63,
                ExecutorMode.HIGH_THROUGHPUT to 2,
                ExecutorMode.LOW_LATENCY to 1,
                ExecutorMode.MEMORY_OPTIMIZED to 250,
            ).getValue(mode)
            "$mode: a thousand calls of a second take $seconds seconds" {
                runTest {
                    executorOf(Model.echo { delay(1_000) }) { settings { this.mode = mode } }.execute(wide).orThrow()
                    currentTime shouldBe seconds * 1_000L
                }
            }

            val kept = if (mode == ExecutorMode.BALANCED || mode == ExecutorMode.LOW_LATENCY) 10_000_000L else 0
            "$mode: of ten million characters that were asked, $kept are kept" {
                runTest {
                    val result = executorOf(Model.echo()) { settings { this.mode = mode } }.execute(wide).orThrow()
                    result.nodes.sumOf { it.input?.length?.toLong() ?: 0 } shouldBe kept
                }
            }
        }
    })
