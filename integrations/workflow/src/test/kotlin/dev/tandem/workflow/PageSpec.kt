package dev.tandem.workflow

import dev.tandem.process.newFolder
import dev.tandem.workflow.WorkflowInput.Type
import dev.tandem.workflow.durable.JournalSteps
import dev.tandem.workflow.format.WorkflowFiles
import dev.tandem.workflow.format.WorkflowParts
import dev.tandem.workflow.run.WorkflowExecutor
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldStartWith
import kotlin.io.path.div
import kotlin.io.path.readText

/** The Kotlin of docs/workflows.md and docs/workflow-files.md. */
class PageSpec :
    StringSpec({
        val folder = newFolder()

        "a report, also in steps" {
            val lines = mutableListOf<String?>()

            fun println(line: String?) = lines.add(line)

            val ai = clientOf(Model.echo())
            val report = workflow("report") {
                input("topic", Type.TEXT)
                val facts = agent("facts") { prompt = "What is known about {{input.topic}}?" }
                val risks = agent("risks", facts) { prompt = "What may be wrong in {{node.facts}}?" }
                agent("summary", facts, risks) { prompt = "Summarise it in one sentence" } // both come before it, under their names
            }
            val result = WorkflowExecutor.of(ai).execute(report, mapOf("topic" to "tides"))
            println(result.nodeText("summary"))
            lines.single().orEmpty() shouldStartWith "re: "

            val executor = WorkflowExecutor.of(ai)
            val inputs = mapOf("topic" to "tides")
            JournalSteps.open(folder / "run.journal").use { steps -> executor.execute(report, inputs, steps).orThrow() }
        }

        "a file" {
            (folder / "triage.yaml").toFile().writeText(
                "version: 1\nname: triage\ninputs:\n  - {name: report, type: text}\nnodes:\n  - {name: clean, kind: transform, function: clean}\n",
            )
            val parts = WorkflowParts.builder().function("clean") { it.input("report").orEmpty().trim() }.build()
            val files = WorkflowFiles.of(parts)
            val triage = files.load(folder / "triage.yaml") // .yaml, .yml or .json; fromYaml and fromJson take texts
            files.save(triage, folder / "triage.json")
            files.fromJson((folder / "triage.json").readText()).name shouldBe "triage"
        }
    })
