package dev.tandem.provider.openai

import dev.tandem.AiClient
import dev.tandem.KEY
import dev.tandem.alternative
import dev.tandem.clientOf
import dev.tandem.error.MalformedResponseException
import dev.tandem.error.ModelNotFoundException
import dev.tandem.error.NotSupportedException
import dev.tandem.model.ImageRequest
import dev.tandem.model.MP3
import dev.tandem.model.SpeechRequest
import dev.tandem.model.TranscriptionRequest
import dev.tandem.model.Usage
import dev.tandem.model.WAV
import dev.tandem.pipeline.Operation
import dev.tandem.provider.Asked
import dev.tandem.provider.Provider
import dev.tandem.provider.anthropic.Anthropic
import dev.tandem.resilience.RetryPolicy
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.ktor.client.engine.mock.toByteArray
import kotlinx.coroutines.flow.toList

class TranscriptionSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())
        val client = autoClose(clientOf(server))

        /** All bytes, in which a letter is a byte. */
        val recording = WAV + ByteArray(256) { it.toByte() }

        fun spoken(text: String = "Hello") = Reply.json("""{"text":"$text"}""")

        /** The names of the fields, in order, and what they hold. */
        fun fieldsOf(body: String) = Regex("name=\"([^\"]+)\"\r\n\r\n([^\r]*)").findAll(body).map { it.groupValues[1] to it.groupValues[2] }

        suspend fun fieldsOf(provider: Provider, request: TranscriptionRequest): Map<String, String> {
            val asked = Asked("""{"text":"Hello"}""")
            asked.client(provider) { temperature = 0.9 }.transcribe(request)
            return fieldsOf(
                asked.last.body
                    .toByteArray()
                    .toString(Charsets.ISO_8859_1),
            ).toMap()
        }

        test("the form, byte by byte") {
            server.enqueue(spoken())
            val request = TranscriptionRequest
                .builder(recording, "a \"talk\"\r\n.wav")
                .model("whisper")
                .language("en")
                .prompt("Grüße")
                .temperature(0.2)
                .build()
            client.transcribe(request).text shouldBe "Hello"
            val sent = server.requests.last()
            sent.path shouldBe "/v1/audio/transcriptions"
            sent.header("Authorization") shouldBe "Bearer $KEY"
            val type = sent.header("Content-Type")!!
            val boundary = type.removePrefix("multipart/form-data; boundary=")
            Regex("tandem-[0-9a-f]{32}").matches(boundary) shouldBe true

            fun field(name: String, value: String) = "--$boundary\r\nContent-Disposition: form-data; name=\"$name\"\r\n\r\n$value\r\n"
            val head = field("model", "whisper") + field("language", "en") + field("prompt", "Grüße") + field("temperature", "0.2") +
                field("response_format", "json") +
                "--$boundary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a %22talk%22%0D%0A.wav\"\r\n" +
                "Content-Type: audio/wav\r\n\r\n"
            val whole = head.encodeToByteArray() + recording + "\r\n--$boundary--\r\n".encodeToByteArray()
            sent.bytes.toList() shouldBe whole.toList()
            sent.header("Content-Length") shouldBe "${whole.size}"
        }

        test("no two forms have the same boundary") {
            val types = List(2) {
                server.enqueue(spoken())
                client.transcribe(TranscriptionRequest.builder(MP3, "a.mp3").model("m").build())
                server.requests.last().header("Content-Type")
            }
            types.distinct().size shouldBe 2
        }

        test("the client's model and temperature are for chat") {
            fieldsOf(OpenAi(KEY), TranscriptionRequest.of(MP3, "a.mp3")) shouldBe
                mapOf("model" to "gpt-4o-mini-transcribe", "response_format" to "json")
            fieldsOf(OpenAi.of(Vendors.GROQ, KEY), TranscriptionRequest.of(MP3, "a.mp3"))["model"] shouldBe "whisper-large-v3"
        }

        test("times are asked for in full, of a model that has them") {
            val json = """{"task":"transcribe","language":"english","duration":"8.47","text":"Hi you.",
                "segments":[{"id":0,"start":0.0,"end":3.319999933242798,"text":" Hi you."}],
                "words":[{"word":"Hi","start":0,"end":0.5},{"word":"you","start":0.5,"end":3.32}],
                "usage":{"type":"tokens","input_tokens":14,"output_tokens":4}}"""
            val asked = Asked(json)
            val request = TranscriptionRequest
                .builder(MP3, "a.mp3")
                .segments(true)
                .words(true)
                .build()
            val said = asked.client(OpenAi(KEY)).transcribe(request)
            val fields = fieldsOf(
                asked.last.body
                    .toByteArray()
                    .toString(Charsets.ISO_8859_1),
            ).toList()
            fields shouldBe listOf(
                "model" to "whisper-1",
                "response_format" to "verbose_json",
                "timestamp_granularities[]" to "segment",
                "timestamp_granularities[]" to "word",
            )
            said.segments.toString() shouldBe "[Span(0 to 3320 ms: Hi you.)]"
            said.words.toString() shouldBe "[Span(0 to 500 ms: Hi), Span(500 to 3320 ms: you)]"
            listOf(said.text, said.language, said.durationMillis, said.usage) shouldBe listOf("Hi you.", "english", 8470L, Usage.of(14, 4))
        }

        test("a translation goes elsewhere, and knows no language") {
            val asked = Asked("""{"text":"Hello"}""")
            asked.client(OpenAi(KEY)).transcribe(
                TranscriptionRequest
                    .builder(MP3, "a.mp3")
                    .language("de")
                    .translate(true)
                    .build(),
            )
            asked.url shouldBe "https://api.openai.com/v1/audio/translations"
            fieldsOf(
                asked.last.body
                    .toByteArray()
                    .toString(Charsets.ISO_8859_1),
            ).toList() shouldBe
                listOf("model" to "whisper-1", "response_format" to "json")
        }

        test("a field of the user's own takes our place") {
            val request = TranscriptionRequest
                .builder(
                    MP3,
                    "a.mp3",
                ).extra("response_format", "text")
                .extra("chunking_strategy", "auto")
                .build()
            fieldsOf(OpenAi(KEY), request) shouldBe
                mapOf("model" to "gpt-4o-mini-transcribe", "response_format" to "text", "chunking_strategy" to "auto")
        }

        test("silence is an answer, nothing is none") {
            val request = TranscriptionRequest.builder(MP3, "a.mp3").model("m").build()
            server.enqueue(spoken(""), Reply.json("""{"task":"transcribe"}"""))
            client.transcribe(request).text shouldBe ""
            shouldThrow<MalformedResponseException> { client.transcribe(request) }.message!! shouldContain "the answer has no text"
            server.enqueue(OpenAiReplies.error(404, "no such model", "invalid_request_error", "model_not_found"))
            shouldThrow<ModelNotFoundException> { client.transcribe(request) }
        }

        test("whoever has no such thing says so, and nothing is sent") {
            val asked = Asked("{}")
            val deaf = asked.client(Anthropic(KEY))
            shouldThrow<NotSupportedException> { deaf.transcribe(TranscriptionRequest.of(MP3, "a.mp3")) }.message shouldBe
                "anthropic has no transcribe: ask a provider that has it, such as OpenAi"
            shouldThrow<NotSupportedException> { deaf.generateImage("A cat") }.message!! shouldContain "anthropic has no generateImage"
            shouldThrow<NotSupportedException> { deaf.speak(SpeechRequest.of("Hi")) }
            shouldThrow<NotSupportedException> { deaf.streamSpeech(SpeechRequest.of("Hi")).toList() }
            shouldThrow<NotSupportedException> { deaf.moderate(listOf("Hi")) }
            asked.requests.size shouldBe 0
        }

        test("only those are asked instead that can, by their own model") {
            val whisper = OpenAiDialect.builder("whisper", server.url).defaultModel(Operation.TRANSCRIBE, "large").build()
            val failing = OpenAi.compatible(server.url, KEY)
            val both = AiClient(failing) {
                retry = RetryPolicy.NONE
                alternative(Anthropic(KEY))
                alternative(OpenAi.builder(whisper).build())
            }
            both.use {
                server.enqueue(Reply.error(500, "{}"), spoken("from the other"))
                it.transcribe(TranscriptionRequest.builder(MP3, "a.mp3").model("small").build()).text shouldBe "from the other"
                server.requests.takeLast(2).map { sent -> fieldsOf(sent.body).toMap()["model"] } shouldBe listOf("small", "large")
                server.enqueue(Reply.error(500, """{"error":{"message":"tired"}}"""))
                shouldThrow<Exception> { it.generateImage(ImageRequest.builder("A cat").model("m").build()) }.message!! shouldContain
                    "tired"
            }
        }

        test("Azure has a deployment for each") {
            val azure = AzureOpenAi
                .builder()
                .endpoint("https://mine.openai.azure.com")
                .apiKey(KEY)
                .apiVersion("2024-10-21")
                .deployment(Operation.TRANSCRIBE, "ears")
                .deployment(Operation.GENERATE_IMAGE, "brush")
                .deployment(Operation.SPEAK, "mouth")
                .build()
            val urls = mutableListOf<String>()
            val asked = Asked("""{"text":"Hello"}""")
            val client = asked.client(azure)
            client.transcribe(TranscriptionRequest.of(MP3, "a.mp3"))
            urls += asked.url
            client.transcribe(TranscriptionRequest.builder(MP3, "a.mp3").translate(true).build())
            urls += asked.url
            runCatching { client.generateImage("A cat") }
            urls += asked.url
            runCatching { client.speak(SpeechRequest.of("Hi")) }
            urls += asked.url
            val base = "https://mine.openai.azure.com/openai/deployments"
            for (path in listOf("ears/audio/transcriptions", "ears/audio/translations", "brush/images/generations", "mouth/audio/speech")) {
                urls shouldContain "$base/$path?api-version=2024-10-21"
            }
        }
    })
