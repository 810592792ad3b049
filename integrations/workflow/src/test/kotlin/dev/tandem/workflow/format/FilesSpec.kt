package dev.tandem.workflow.format

import dev.tandem.process.newFolder
import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.format.FormatProblem.Kind
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldEndWith
import io.kotest.matchers.string.shouldStartWith
import java.nio.file.Files
import java.nio.file.NoSuchFileException

class FilesSpec :
    StringSpec({
        val folder = newFolder()
        afterSpec { folder.toFile().deleteRecursively() }
        val files = WorkflowFiles.of()
        val workflow = Workflow.builder("größer").add(AgentNode.of("a", "one\ntwo")).build()

        "the ending says what is in a file" {
            for (name in listOf("w.json", "w.yaml", "w.yml", "w.JSON", "a.b.Yaml")) {
                val path = folder.resolve(name)
                files.save(workflow, path)
                files.load(path).name shouldBe "größer"
                Files.readString(path).first() shouldBe if (name.endsWith("json", ignoreCase = true)) '{' else 'v'
            }
        }

        "another ending names both" {
            for (name in listOf("w.txt", "w", "json")) {
                val error = shouldThrow<WorkflowFormatException> { files.load(folder.resolve(name)) }
                error.problems.single().kind shouldBe Kind.ENDING
                error.message shouldContain "must end in .json for JSON, or in .yaml or .yml for YAML"
                shouldThrow<WorkflowFormatException> { files.save(workflow, folder.resolve(name)) }
            }
        }

        "what is wrong names the file" {
            val path = folder.resolve("bad.yaml")
            Files.writeString(path, "version: 1\nname: 5\nnodes: []")
            val error = shouldThrow<WorkflowFormatException> { files.load(path) }
            error.source.orEmpty() shouldEndWith "bad.yaml"
            error.message
                .orEmpty()
                .lines()
                .first() shouldEndWith "bad.yaml cannot be read:"
        }

        "a file that is not there, is no UTF-8, or is too large" {
            shouldThrow<NoSuchFileException> { files.load(folder.resolve("none.json")) }
            val path = folder.resolve("latin.yaml")
            Files.write(path, byteArrayOf('a'.code.toByte(), ':'.code.toByte(), ' '.code.toByte(), 0xe4.toByte()))
            shouldThrow<WorkflowFormatException> { files.load(path) }.message shouldContain "it is no UTF-8: save it as that"
            Files.write(path, ByteArray(30_000_001))
            shouldThrow<WorkflowFormatException> { files.load(path) }.problems.single().kind shouldBe Kind.TOO_LARGE
        }

        "a byte order mark is passed over" {
            files.fromJson("\ufeff" + files.toJson(workflow)).name shouldBe "größer"
            files.fromYaml("\ufeff" + files.toYaml(workflow)).name shouldBe "größer"
        }

        "nothing is written over where nothing can be written, nor what nobody could read" {
            val path = folder.resolve("kept.json")
            files.save(workflow, path)
            val bad = Workflow.builder("w").add(AgentNode.of("a", "\ud83d")).build()
            shouldThrow<WorkflowFormatException> { files.save(bad, path) }
            files.load(path).name shouldBe "größer"
            val huge = Workflow.builder("w").add(AgentNode.of("a", "x".repeat(10_000_000))).build()
            shouldThrow<WorkflowFormatException> { files.save(huge, path) }.problems.single().kind shouldBe Kind.TOO_LARGE
        }

        "how it looks" {
            files.toYaml(workflow) shouldBe
                "version: 1\nname: größer\nnodes:\n  - name: a\n    kind: agent\n    prompt: |-\n      one\n      two\n"
            files.toJson(workflow) shouldStartWith
                "{\n  \"version\": 1,\n  \"name\": \"größer\",\n  \"nodes\": [\n    {\n      \"name\": \"a\",\n"
        }
    })
