package dev.tandem.workflow.format

import dev.tandem.workflow.Workflow
import dev.tandem.workflow.executorOf
import dev.tandem.workflow.run.WorkflowResult
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.test.runTest
import kotlin.random.Random

/** Whatever can be built can be written, and reads as what it was. */
class RoundTripSpec :
    StringSpec({
        val files = WorkflowFiles.of(RandomWorkflow.PARTS)

        "save, load, save: the same text, in both formats and across them" {
            seeded(WORKFLOWS) { random ->
                val workflow = RandomWorkflow(random, isRunnable = false).next()
                val json = files.toJson(workflow)
                val yaml = files.toYaml(workflow)
                withClue(yaml) {
                    files.toJson(files.fromJson(json)) shouldBe json
                    val read = files.fromYaml(yaml)
                    files.toYaml(read) shouldBe yaml
                    files.toJson(read) shouldBe json
                    read.nodes.map { it.toString() } shouldBe workflow.nodes.map { it.toString() }
                    read.connections shouldBe workflow.connections
                }
            }
        }

        "what is loaded runs to the same result" {
            var failed = 0
            seeded(RUNS) { random ->
                val workflow = RandomWorkflow(random, isRunnable = true).next()
                val read = files.fromYaml(files.toYaml(workflow))
                withClue(files.toYaml(workflow)) {
                    val expected = run(workflow)
                    told(run(read)) shouldBe told(expected)
                    if (expected.isFailed) failed++
                }
            }
            // Or only the ways to fail would be compared.
            (failed < RUNS / 2) shouldBe true
        }
    })

private fun run(workflow: Workflow): WorkflowResult {
    var result: WorkflowResult? = null
    runTest { result = executorOf().execute(workflow) }
    return checkNotNull(result)
}

private fun told(result: WorkflowResult) =
    result.nodes.map { listOf(it.name, it.kind, it.state, it.skipReason, it.input, it.output, it.error?.message, it.timeline.size) } +
        listOf(result.state, result.error?.message, result.allVariables)

private fun seeded(times: Int, check: (Random) -> Unit) = repeat(times) {
    val seed = Random.nextLong()
    withClue("seed $seed") { check(Random(seed)) }
}

private const val WORKFLOWS = 2_000
private const val RUNS = 300
