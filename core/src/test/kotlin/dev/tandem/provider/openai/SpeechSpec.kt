package dev.tandem.provider.openai

import dev.tandem.AiClient
import dev.tandem.KEY
import dev.tandem.clientOf
import dev.tandem.error.AiException
import dev.tandem.error.ConnectionLostException
import dev.tandem.error.EmptyResponseException
import dev.tandem.error.InvalidRequestException
import dev.tandem.error.MalformedResponseException
import dev.tandem.error.RateLimitedException
import dev.tandem.error.UnexpectedContentException
import dev.tandem.model.MP3
import dev.tandem.model.SpeechRequest
import dev.tandem.provider.Asked
import dev.tandem.resilience.RetryPolicy
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.withContext

class SpeechSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())
        val client = autoClose(clientOf(server))

        fun builder() = SpeechRequest.builder("Hello").model("tts")

        val request = builder().build()
        val long = ByteArray(100_000) { (it * 31).toByte() }.also { MP3.copyInto(it) }

        fun audio(bytes: ByteArray, type: String = "audio/mpeg") = Reply.inPieces(200, type, listOf(bytes))

        fun chunks(vararg pieces: ByteArray) = Reply.inChunks(200, "audio/mpeg", pieces.toList())

        /** Both ways to be read to. */
        suspend fun failures(reply: Reply, of: SpeechRequest = request): List<AiException> = listOf<suspend () -> Unit>(
            { client.speak(of) },
            { client.streamSpeech(of).toList() },
        ).map { ask ->
            server.enqueue(reply)
            shouldThrow<AiException> { ask() }
        }

        test("every byte comes, with its type, whatever the framing") {
            for (reply in listOf(audio(long), chunks(MP3, long.copyOfRange(MP3.size, 50_000), long.copyOfRange(50_000, long.size)))) {
                server.enqueue(reply, reply)
                val speech = client.speak(request)
                speech.bytes.toList() shouldBe long.toList()
                speech.mediaType shouldBe "audio/mpeg"
                client.streamSpeech(request).toList().flatMap { it.asList() } shouldBe long.toList()
            }
        }

        test("what is asked, in OpenAI's words, with its own model and voice") {
            val asked = Asked("ID3")
            val spoken = Asked("{}")
            shouldThrow<AiException> {
                spoken
                    .client(OpenAi(KEY)) {
                        model = "gpt-4o-mini"
                        temperature = 0.3
                    }.speak(SpeechRequest.of("Hi"))
            }
            spoken.url shouldBe "https://api.openai.com/v1/audio/speech"
            spoken bodyIs """{"model":"gpt-4o-mini-tts","input":"Hi","voice":"alloy"}"""
            val full = SpeechRequest
                .builder("Hi")
                .voice("coral")
                .format("opus")
                .speed(1.5)
                .instructions("softly")
                .extra("stream_format", "audio")
                .build()
            // Labelled as JSON, it is taken for an error whatever it holds.
            shouldThrow<AiException> { asked.client(OpenAi(KEY)).speak(full) }
            asked bodyIs """{"model":"gpt-4o-mini-tts","input":"Hi","voice":"coral","response_format":"opus","speed":1.5,
                "instructions":"softly","stream_format":"audio"}"""
        }

        test("a type that says nothing is the one that was asked for") {
            server.enqueue(audio(long, "application/octet-stream"), audio(long, "application/octet-stream"))
            client.speak(builder().format("opus").build()).mediaType shouldBe "audio/opus"
            client.speak(request).mediaType shouldBe "audio/mpeg"
        }

        test("an error under the status of success is an error, however it is labelled") {
            val error = """{"error":{"message":"no such voice","type":"invalid_request_error","code":null}}"""
            for (type in listOf("application/json", "audio/mpeg", "text/plain")) {
                for (failure in failures(Reply.of(200, type, error))) {
                    failure::class shouldBe InvalidRequestException::class
                    failure.message!! shouldContain "no such voice"
                }
            }
        }

        test("a web page is none, nor is nothing") {
            for (failure in failures(Reply.of(200, "text/html", "<html><title>Log in</title></html>"))) {
                failure::class shouldBe UnexpectedContentException::class
                failure.message!! shouldContain "instead of audio"
            }
            for (failure in failures(Reply.of(200, "audio/mpeg", ""))) failure::class shouldBe EmptyResponseException::class
        }

        test("numbers without a head may begin like a text") {
            val pcm = "{\u0001{\u0002".encodeToByteArray()
            server.enqueue(audio(pcm, "audio/pcm"))
            client.speak(builder().format("pcm").build()).bytes.toList() shouldBe pcm.toList()
        }

        test("a body that is cut is never whole, neither by its length nor by its chunks") {
            val whole = audio(long)
            val chunked = chunks(MP3, long)
            for (cut in listOf(whole.cutAt(50_000), chunked.cutAt(50_000), whole.cutAt(whole.size - 1), chunked.cutAt(chunked.size - 5))) {
                for (failure in failures(cut)) failure::class shouldBe ConnectionLostException::class
            }
        }

        test("more than the limit is not kept, but can be streamed") {
            server.enqueue(audio(long), audio(long), audio(long))
            val limited = builder().maxBytes(long.size - 1).build()
            shouldThrow<MalformedResponseException> { client.speak(limited) }.message!! shouldContain
                "more than 99999 bytes: raise maxBytes, or take it as a stream"
            client.streamSpeech(limited).toList().sumOf { it.size } shouldBe long.size
            client.speak(builder().maxBytes(long.size).build()).bytes.size shouldBe long.size
        }

        test("whoever stops listening closes the socket") {
            val reply = chunks(MP3, long)
            server.enqueue(reply.holdAt(reply.size / 2))
            client.streamSpeech(request).first().take(3) shouldBe MP3.take(3)
            withContext(Dispatchers.IO) { server.awaitHangUp(1_000) }
        }

        test("a refusal is tried again, and shows no key") {
            val retrying = AiClient.builder(OpenAi.compatible(server.url, KEY)).retry(RetryPolicy.builder().maxAttempts(2).build()).build()
            val refusal = OpenAiReplies.error(429, "slow down, $KEY", "requests", "rate_limit_exceeded")
            server.enqueue(Reply.error(503, "{}", "Retry-After", "0"), audio(MP3))
            retrying.use { it.speak(request).bytes.toList() shouldBe MP3.toList() }
            for (failure in failures(refusal)) {
                failure::class shouldBe RateLimitedException::class
                failure.message!! shouldNotContain KEY
            }
        }

        test("a voice is what some have no model for") {
            shouldThrow<IllegalArgumentException> { client.speak(SpeechRequest.of("Hi")) }.message shouldBe
                "no model: openai-compatible has no default for speak, so set model on the request"
        }
    })
