package dev.tandem.provider

import dev.tandem.KEY
import dev.tandem.chat
import dev.tandem.error.NotSupportedException
import dev.tandem.model.MP3
import dev.tandem.model.PDF
import dev.tandem.model.PNG
import dev.tandem.model.Part
import dev.tandem.model.WAV
import dev.tandem.model.bytesOf
import dev.tandem.provider.anthropic.Anthropic
import dev.tandem.provider.gemini.Gemini
import dev.tandem.provider.locallab.LocalLab
import dev.tandem.provider.ollama.Ollama
import dev.tandem.provider.openai.OpenAi
import dev.tandem.provider.replicate.Replicate
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlin.io.encoding.Base64

/** Who takes which part, and in what words; whoever does not says so before anything is sent. */
class PartsSpec :
    FunSpec({
        val wav = Base64.encode(WAV)
        val mp3 = Base64.encode(MP3)
        val pdf = Base64.encode(PDF)
        val png = Base64.encode(PNG)
        val audio = Part.Audio.of(WAV)
        val report = Part.File.of("report.pdf", PDF)
        val notes = Part.File.of("notes.txt", bytesOf("Hi"))
        val linked = Part.File.at("https://example.com/b.pdf")
        val uploaded = Part.File.uploaded("file-1")

        class Scene(provider: Provider, reply: String, val content: (JsonElement) -> JsonElement) {
            val asked = Asked(reply)
            val client = asked.client(provider)

            suspend fun takes(part: Part, json: String) {
                client.chat { user(Part.Text("See"), part) }
                content(asked.body()).jsonArray.last() shouldBe Json.parseToJsonElement(json)
            }

            suspend fun refuses(part: Part, remedy: String) {
                val before = asked.requests.size
                val message = shouldThrow<NotSupportedException> { client.chat { user(Part.Text("See"), part) } }.message!!
                message shouldContain part.toString()
                message shouldContain remedy
                asked.requests.size shouldBe before
            }
        }

        test("chat completions") {
            val scene = Scene(OpenAi(KEY), """{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}""") {
                it.jsonObject["messages"]!!
                    .jsonArray
                    .last()
                    .jsonObject["content"]!!
            }
            scene.takes(Part.Image.of(PNG), """{"type":"image_url","image_url":{"url":"data:image/png;base64,$png"}}""")
            scene.takes(audio, """{"type":"input_audio","input_audio":{"data":"$wav","format":"wav"}}""")
            scene.takes(Part.Audio.of(MP3), """{"type":"input_audio","input_audio":{"data":"$mp3","format":"mp3"}}""")
            scene.takes(report, """{"type":"file","file":{"filename":"report.pdf","file_data":"data:application/pdf;base64,$pdf"}}""")
            scene.takes(uploaded, """{"type":"file","file":{"file_id":"file-1"}}""")
            scene.refuses(Part.Audio.of(bytesOf("fLaC")), "send wav or mp3")
            scene.refuses(Part.Audio("https://example.com/a.wav"), "Part.Audio.of(bytes)")
            scene.refuses(linked, "use responses()")
            scene.refuses(notes, "the text of a file as Part.Text")
        }

        test("Responses") {
            val scene = Scene(
                OpenAi
                    .builder()
                    .apiKey(KEY)
                    .responses()
                    .build(),
                """{"status":"completed","output":[]}""",
            ) {
                it.jsonObject["input"]!!
                    .jsonArray
                    .last()
                    .jsonObject["content"]!!
            }
            scene.takes(report, """{"type":"input_file","filename":"report.pdf","file_data":"data:application/pdf;base64,$pdf"}""")
            scene.takes(notes, """{"type":"input_file","filename":"notes.txt","file_data":"data:text/plain;base64,SGk="}""")
            scene.takes(linked, """{"type":"input_file","file_url":"https://example.com/b.pdf"}""")
            scene.takes(uploaded, """{"type":"input_file","file_id":"file-1"}""")
            scene.refuses(audio, "use chat completions")
        }

        test("Anthropic") {
            val scene = Scene(
                Anthropic(KEY),
                """{"type":"message","content":[{"type":"text","text":"ok"}],"stop_reason":"end_turn"}""",
            ) {
                it.jsonObject["messages"]!!
                    .jsonArray
                    .last()
                    .jsonObject["content"]!!
            }
            scene.takes(
                report,
                """{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"$pdf"},"title":"report.pdf"}""",
            )
            scene.takes(notes, """{"type":"document","source":{"type":"text","media_type":"text/plain","data":"Hi"},"title":"notes.txt"}""")
            scene.takes(linked, """{"type":"document","source":{"type":"url","url":"https://example.com/b.pdf"},"title":"b.pdf"}""")
            scene.takes(uploaded, """{"type":"document","source":{"type":"file","file_id":"file-1"}}""")
            scene.refuses(audio, "transcribed first")
            scene.refuses(Part.File.of("a.json", bytesOf("{}")), "send a PDF, a text")
        }

        test("Gemini") {
            val scene = Scene(
                Gemini(KEY),
                """{"candidates":[{"content":{"parts":[{"text":"ok"}]},"finishReason":"STOP"}]}""",
            ) {
                it.jsonObject["contents"]!!
                    .jsonArray
                    .last()
                    .jsonObject["parts"]!!
            }
            scene.takes(audio, """{"inlineData":{"mimeType":"audio/wav","data":"$wav"}}""")
            scene.takes(report, """{"inlineData":{"mimeType":"application/pdf","data":"$pdf"}}""")
            scene.takes(linked, """{"fileData":{"fileUri":"https://example.com/b.pdf"}}""")
            scene.takes(Part.Audio("https://example.com/a.mp3"), """{"fileData":{"fileUri":"https://example.com/a.mp3"}}""")
            scene.refuses(uploaded, "https:// address")
        }

        test("nobody drops in silence what it does not take") {
            for (provider in listOf(Ollama.local(), LocalLab.local(), Replicate(KEY))) {
                val scene = Scene(provider, "{}") { it }
                for (part in listOf(audio, report, linked, uploaded)) scene.refuses(part, "")
            }
        }
    })
