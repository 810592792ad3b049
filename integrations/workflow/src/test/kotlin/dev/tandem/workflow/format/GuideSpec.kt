package dev.tandem.workflow.format

import dev.tandem.workflow.Model
import dev.tandem.workflow.executorOf
import dev.tandem.workflow.run.NodeState
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import java.nio.file.Files
import java.nio.file.Path

/** What the guide shows is read, and runs. */
class GuideSpec :
    StringSpec({
        val guide = Files.readString(Path.of("..", "..", "docs", "workflow-files.md"))
        val yaml = guide.substringAfter("```yaml\n").substringBefore("```")
        val files = WorkflowFiles.of(
            WorkflowParts.builder().function("clean") { it.input("report").orEmpty().trim() }.build(),
        )

        "the workflow of the guide takes both ways" {
            val triage = files.fromYaml(yaml)
            runTest {
                val model = Model { request ->
                    val prompt = request.messages.last().text
                    if (prompt.startsWith("Is this a bug")) (if ("crash" in prompt) "Bug" else "praise") else "re: $prompt"
                }
                executorOf(model).use { executor ->
                    val bug = executor.execute(triage, mapOf("report" to " It crashes.\nThen it is slow. ")).orThrow()
                    val steps = (bug.nodeOutput("reply") as JsonObject).getValue("steps") as JsonArray
                    steps.map { it.toString() } shouldContainExactly
                        listOf("\"re: Number 0, in English: It crashes.\"", "\"re: Number 1, in English: Then it is slow.\"")
                    bug.node("thanks")?.state shouldBe NodeState.SKIPPED
                    val praise = executor.execute(triage, mapOf("report" to "I like it")).orThrow()
                    praise.nodeText("thanks") shouldBe "re: Thank for I like it"
                }
            }
        }

        "it comes back as it is, and as JSON" {
            val triage = files.fromYaml(yaml)
            val again = files.toYaml(triage)
            files.toYaml(files.fromJson(files.toJson(triage))) shouldBe again

            // The guide orders some fields by what they are about, and puts small nodes into a line; all else is as we write it.
            fun words(text: String) = text.split(Regex("[\\s{},]+")).filter { it.isNotEmpty() }.toSet()
            (words(yaml) - words(again)) shouldBe emptySet()
        }
    })
