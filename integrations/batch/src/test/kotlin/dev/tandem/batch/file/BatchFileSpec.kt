package dev.tandem.batch.file

import dev.tandem.AiClient
import dev.tandem.batch.BatchStop
import dev.tandem.batch.BatchStoppedException
import dev.tandem.batch.Oracle
import dev.tandem.batch.clientOf
import dev.tandem.process.newFolder
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.exists
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.io.path.writeBytes
import kotlin.io.path.writeText

class BatchFileSpec :
    StringSpec({
        "answers each line in the order of the input, and tells which could not be read" {
            runTest {
                val folder = newFolder()
                val input = folder.resolve("in.jsonl").apply {
                    writeText("\ufeff\"one\"\r\n\n{\"id\":\"b\",\"prompt\":\"two\"}\n{oops\n\"one\"\n{\"id\":\"f\",\"prompt\":\"bad\"}")
                }
                val oracle = Oracle { if (it == "bad") throw Oracle.tooFast() else "re: $it".also { _ -> delay((10 - it.length) * 10L) } }
                val summary = run(clientOf(oracle), folder)
                summary.unreadableLines.shouldContainExactly(4)
                summary.progress.done shouldBe 3
                summary.progress.failed shouldBe 2
                summary.progress.total shouldBe 5
                val lines = json(summary.output)
                lines.map { it.text("text") }.shouldContainExactly("re: one", "re: two", null, "re: one", null)
                lines.map { it.text("id") ?: it.text("line") }.shouldContainExactly("1", "b", "4", "5", "f")
                lines[2].jsonObject.getValue("error").text("message") shouldContain "line 4 of the input is no JSON"
                lines[4].jsonObject.getValue("error").text("code") shouldBe "RateLimitedException"
                Files.exists(input) shouldBe true
            }
        }

        "speaks OpenAI's format to those who asked in it" {
            runTest {
                val folder = newFolder()
                folder.resolve("in.jsonl").writeText(
                    """{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"messages":[{"role":"user","content":"hi"}]}}
                      |{"custom_id":"b","method":"POST","url":"/v1/embeddings","body":{"input":["x","yy"]}}
                      |{"custom_id":"c","method":"POST","url":"/v1/chat/completions","body":{"messages":[{"role":"user","content":"bad"}]}}
                    """.trimMargin(),
                )
                val summary = run(clientOf(Oracle { if (it == "bad") throw Oracle.tooFast() else it }), folder)
                val (chat, vectors, failed) = json(summary.output)
                chat.text("custom_id") shouldBe "a"
                val body = chat.jsonObject
                    .getValue("response")
                    .jsonObject
                    .getValue("body")
                    .jsonObject
                body
                    .getValue("choices")
                    .jsonArray[0]
                    .jsonObject
                    .getValue("message")
                    .text("content") shouldBe "hi"
                body.getValue("usage").text("total_tokens") shouldBe "15"
                val data = vectors.jsonObject
                    .getValue("response")
                    .jsonObject
                    .getValue("body")
                    .jsonObject
                    .getValue("data")
                    .jsonArray
                data[1].jsonObject.getValue("embedding").toString() shouldBe "[2.0,0.5]"
                failed.jsonObject.getValue("error").text("code") shouldBe "RateLimitedException"
            }
        }

        "embeds texts" {
            runTest {
                val folder = newFolder()
                folder.resolve("in.jsonl").writeText("\"abc\"\n{\"id\":1,\"text\":\"a\"}\n")
                val summary = BatchFile
                    .builder(
                        clientOf(Oracle()),
                        folder.resolve("in.jsonl"),
                        folder.resolve("out.jsonl"),
                    ).embed()
                    .build()
                    .run()
                json(summary.output).map { it.jsonObject.getValue("embedding").toString() }.shouldContainExactly("[3.0,0.5]", "[1.0,0.5]")
            }
        }

        "stopped, it has what is done, and goes on" {
            runTest {
                val folder = newFolder()
                folder.resolve("in.jsonl").writeText((1..20).joinToString("\n") { "\"$it\"" })
                val stop = BatchStop()
                val oracle = Oracle { if (it == "3") stop.stop().let { _ -> it } else it }
                shouldThrow<BatchStoppedException> {
                    BatchFile
                        .builder(clientOf(oracle), folder.resolve("in.jsonl"), folder.resolve("out.jsonl"))
                        .batch { it.stop(stop).concurrency(1) }
                        .build()
                        .run()
                }
                json(folder.resolve("out.jsonl")).map { it.text("text") }.shouldContainExactly("1", "2", "3")
                run(clientOf(oracle), folder).progress.resumed shouldBe 3
                json(folder.resolve("out.jsonl")).map { it.text("text") } shouldBe (1..20).map { "$it" }
                oracle.calls shouldBe 20
            }
        }

        "a line that was mended since is done anew" {
            runTest {
                val folder = newFolder()
                val input = folder.resolve("in.jsonl")
                input.writeText("{\"id\":\"a\",\"prompt\":\"one\"}\n{oops\n")
                val oracle = Oracle()
                run(clientOf(oracle), folder)
                input.writeText("{\"id\":\"a\",\"prompt\":\"one\"}\n\"mended\"\n")
                val summary = run(clientOf(oracle), folder)
                summary.unreadableLines shouldBe emptyList()
                json(summary.output).map { it.text("text") }.shouldContainExactly("re: one", "re: mended")
                oracle.calls shouldBe 2
            }
        }

        "nothing of somebody else's is overwritten" {
            runTest {
                val folder = newFolder()
                val input = folder.resolve("in.jsonl").apply { writeText("\"a\"") }
                val output = folder.resolve("out.jsonl").apply { writeText("precious") }
                shouldThrow<IllegalArgumentException> { run(clientOf(Oracle()), folder) }.message shouldContain "is there already"
                output.readText() shouldBe "precious"
                shouldThrow<IllegalArgumentException> { BatchFile.builder(clientOf(Oracle()), input, input).build().run() }
                    .message shouldContain "name another output"
                shouldThrow<IllegalArgumentException> {
                    BatchFile.builder(clientOf(Oracle()), folder.resolve("none.jsonl"), output).build().run()
                }.message shouldContain "there is no file"
                folder.resolve("out.jsonl.journal").exists() shouldBe false
            }
        }

        "an output that cannot be written costs nothing once it can" {
            runTest {
                val folder = newFolder()
                folder.resolve("in.jsonl").writeText("\"a\"")
                val blocked = Files.createDirectory(folder.resolve("out.jsonl.part"))
                val oracle = Oracle()
                shouldThrow<OutputException> { run(clientOf(oracle), folder) }.message shouldContain "nothing is asked again"
                Files.delete(blocked)
                run(clientOf(oracle), folder)
                oracle.calls shouldBe 1
            }
        }

        "lines that are no text are told by their number" {
            runTest {
                val file = newFolder().resolve("in.jsonl")
                file.writeBytes("\"a\"\n".encodeToByteArray() + byteArrayOf(0xC3.toByte(), 0x28) + "\n\"b\"".encodeToByteArray())
                InputLines
                    .of(file)
                    .toList()
                    .map { it.problem }
                    .shouldContainExactly(null, "is not UTF-8", null)
                InputLines.count(file) shouldBe 3
                LineReader("aaaaa\nb".byteInputStream(), longest = 4).use {
                    (it.next() as LineReader.Line.Bad).problem shouldContain "longer than 4 bytes"
                    (it.next() as LineReader.Line.Text).text shouldBe "b"
                    it.next() shouldBe null
                }
            }
        }
    })

private suspend fun run(ai: AiClient, folder: Path): BatchSummary =
    BatchFile.builder(ai, folder.resolve("in.jsonl"), folder.resolve("out.jsonl")).build().run()

private fun json(file: Path): List<JsonElement> = file.readLines().map(Json::parseToJsonElement)

private fun JsonElement.text(name: String): String? = jsonObject[name]?.jsonPrimitive?.content
