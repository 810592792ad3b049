package dev.tandem.testing.page

import dev.tandem.AiClient
import dev.tandem.chat
import dev.tandem.model.Part
import dev.tandem.model.SpeechRequest
import dev.tandem.model.TranscriptionRequest
import dev.tandem.provider.openai.OpenAi
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.io.ByteArrayOutputStream
import java.nio.file.Files

/** The Kotlin of docs/multimodal.md. */
class MultimodalPageSpec :
    StringSpec({
        val folder = Files.createTempDirectory("media")
        val screenshot = Files.write(folder.resolve("screen.png"), "\u0089PNG\r\n\u001A\nrest".toByteArray(Charsets.ISO_8859_1)).toString()
        val recording = Files.write(folder.resolve("talk.mp3"), "ID3\u0004and some sound".toByteArray()).toString()
        val server = FakeServer.start().answering { answerTo(it.path) }
        val ai = AiClient(
            OpenAi
                .builder()
                .baseUrl(server.url)
                .apiKey("any-key")
                .build(),
        ) { model = "any" }

        afterSpec {
            ai.close()
            server.close()
            folder.toFile().deleteRecursively()
        }

        "parts of a message" {
            val bytes = "%PDF-1.7 and so on".toByteArray()
            val answer = ai.chat {
                user(Part.Text("What is wrong here?"), Part.Image.read(screenshot), Part.File.of("log.pdf", bytes))
            }
            answer.text shouldBe "Nothing"
            server.requests.last().body shouldContain "image_url"
        }

        "pictures, speech, recordings, moderation" {
            val player = ByteArrayOutputStream()
            val comment = "You are all wrong."

            fun play(piece: ByteArray) = player.write(piece)

            val image = ai.generateImage("A cat on a roof").image // bytes, or a url to fetch it from
            val speech = ai.speak(
                SpeechRequest
                    .builder("Good morning")
                    .voice("coral")
                    .format("opus")
                    .build(),
            )
            ai.streamSpeech(SpeechRequest.of("A long story")).collect { play(it) }
            val said = ai.transcribe(TranscriptionRequest.read(recording).segments(true).build())
            val isBad = ai.moderate(listOf(comment)).isFlagged
            image.bytes?.decodeToString() shouldBe "cat"
            speech.bytes.decodeToString() shouldBe "sound"
            player.toString() shouldBe "sound"
            said.text shouldBe "one two"
            isBad shouldBe true
        }
    })

private fun answerTo(path: String): Reply = when (path.substringAfterLast('/')) {
    "completions" -> OpenAiReplies.chat("Nothing")
    "generations" -> Reply.json("""{"created":1,"data":[{"b64_json":"Y2F0"}]}""")
    "speech" -> Reply.of(200, "audio/mpeg", "sound")
    "transcriptions" -> Reply.json("""{"text":"one two"}""")
    else -> Reply.json("""{"id":"m","model":"m","results":[{"flagged":true,"categories":{},"category_scores":{}}]}""")
}
