package dev.tandem.batch.provider

import dev.tandem.error.AiException
import dev.tandem.error.ConnectionLostException
import dev.tandem.error.ContextLengthException
import dev.tandem.error.EmptyResponseException
import dev.tandem.error.IncompleteStreamException
import dev.tandem.error.MalformedResponseException
import dev.tandem.error.UnauthorizedException
import dev.tandem.model.ChatRequest
import dev.tandem.testing.AnthropicReplies
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.flow.toList

/** What comes of single requests, and of files that are not what they should be. */
class ResultsSpec :
    FunSpec({
        for (side in Side.entries) {
            val content = if (side == Side.OPENAI) "/content" else "/results"

            for (status in listOf(400, 401, 403, 404, 413, 429, 500, 529)) {
                test("$side: a request that fails by $status fails as a plain call does") {
                    Scene(side).use { scene ->
                        val reply = side.error(status, "this is why")
                        scene.server.enqueue(reply)
                        val plain = shouldThrow<AiException> { scene.ai.chat(ChatRequest.of("Hi")) }
                        val ticket = scene.submitted("k", "Hi", "there")
                        scene.play.complete(ticket.id) { if ("Hi" in it) reply else side.chat("fine") }
                        val results = scene.resultsOf(ticket)
                        wordsOf(results[1]) shouldBe "fine"
                        val batched = (results[0] as BatchAnswer.Failed).failure
                        batched::class shouldBe plain::class
                        listOf(batched.status, batched.code, batched.isRetryable) shouldBe
                            listOf(plain.status, plain.code, plain.isRetryable)
                        batched.message shouldContain "this is why"
                    }
                }
            }

            test("$side: a request of which nothing is there is an error, and not silence") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one", "two", "three")
                    scene.play.complete(ticket.id)
                    scene.play.lost = setOf(1)
                    val results = scene.resultsOf(ticket)
                    (0..2).map { wordsOf(results[it]) } shouldContainExactly listOf("one", "EmptyResponseException", "three")
                    (results[1] as BatchAnswer.Failed).failure.shouldBeInstanceOf<EmptyResponseException>().message shouldContain
                        "request 1"
                }
            }

            test("$side: a connection that breaks in the midst of the results is an error, and the next attempt gets them all") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one", "two", "three")
                    scene.play.complete(ticket.id)
                    scene.play.spoil(content) { it.cutAt(it.size - 300) }
                    shouldThrow<ConnectionLostException> { scene.batches.results(ticket).toList() }
                    scene.batches.results(ticket).toList() shouldHaveSize 3
                }
            }

            test("$side: a client that tries again notices nothing of it") {
                Scene(side, settings = {
                    retry(
                        dev.tandem.resilience.RetryPolicy
                            .builder()
                            .firstPauseMillis(1)
                            .build(),
                    )
                }).use { scene ->
                    val ticket = scene.submitted("k", "one", "two")
                    scene.play.complete(ticket.id)
                    scene.play.spoil(content) { it.resetAt(it.size - 100) }
                    scene.batches.results(ticket).toList() shouldHaveSize 2
                }
            }

            /** The end of the file is missing, though the transfer was in order: so does it come from a broken store. */
            fun shortened(reply: Reply, by: Int) = String(bytesOf(reply)).substringAfter("\r\n\r\n").dropLast(by).let {
                Reply.of(200, "application/octet-stream", it)
            }

            test("$side: a file that breaks off in a line is loaded once more, and is an error if that does not help") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one", "two", "three")
                    scene.play.complete(ticket.id)
                    scene.play.spoil(content) { shortened(it, 10) }
                    scene
                        .resultsOf(ticket)
                        .values
                        .map(::wordsOf)
                        .sorted() shouldContainExactly listOf("one", "three", "two")
                    repeat(2) { scene.play.spoil(content) { shortened(it, 10) } }
                    val taken = mutableListOf<BatchAnswer>()
                    shouldThrow<IncompleteStreamException> { scene.batches.results(ticket).collect { taken += it } }
                        .message shouldContain "2 of 3"
                    taken.map { it.index } shouldContainExactly listOf(2, 1)
                }
            }

            test("$side: a line that nobody can read costs its own request only") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one", "two")
                    scene.play.complete(ticket.id)
                    repeat(2) {
                        scene.play.spoil(content) { reply ->
                            val (first, second) = String(bytesOf(reply)).substringAfter("\r\n\r\n").trim().lines()
                            Reply.of(200, "application/octet-stream", first.replace("{", "<") + "\n\n" + second + "\n")
                        }
                    }
                    val results = scene.resultsOf(ticket)
                    (0..1).map { wordsOf(results[it]) } shouldContainExactly listOf("one", "EmptyResponseException")
                    (results[1] as BatchAnswer.Failed).failure.message shouldContain "1 lines that nobody can read"
                }
            }

            test("$side: results of another batch are not taken for these") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one")
                    scene.play.complete(ticket.id)
                    val mistaken = Ticket(ticket.provider, ticket.id, "another key", 1)
                    shouldThrow<MalformedResponseException> { scene.resultsOf(mistaken) }.message shouldContain "another one"
                }
            }

            test("$side: an answer that is none is that request's error") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one", "two")
                    scene.play.complete(ticket.id) { if ("one" in it) Reply.json("{}") else side.chat("fine") }
                    val results = scene.resultsOf(ticket)
                    (0..1).map { wordsOf(results[it]) } shouldContainExactly listOf("MalformedResponseException", "fine")
                }
            }

            test("$side: a key that an error quotes is not shown") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one")
                    scene.play.complete(ticket.id) { side.error(401, "Incorrect API key provided: ${Side.KEY}") }
                    val failure = (scene.resultsOf(ticket)[0] as BatchAnswer.Failed).failure
                    failure.shouldBeInstanceOf<UnauthorizedException>().message shouldNotContain Side.KEY
                }
            }
        }

        test("the provider's name for a single call comes with its answer and with its error") {
            Scene(Side.OPENAI).use { scene ->
                val ticket = scene.submitted("k", "one", "two")
                scene.play.complete(ticket.id) { if ("one" in it) OpenAiReplies.chat("1") else OpenAiReplies.error(400, "no", "t", null) }
                val results = scene.resultsOf(ticket)
                (results[0] as BatchAnswer.Answered).response.metadata["requestId"] shouldBe "req-0"
                (results[1] as BatchAnswer.Failed).failure.requestId shouldBe "req-1"
            }
            Scene(Side.ANTHROPIC).use { scene ->
                val ticket = scene.submitted("k", "one")
                scene.play.complete(ticket.id) { AnthropicReplies.error(400, "prompt is too long: 9 tokens > 8 maximum") }
                val failure = (scene.resultsOf(ticket)[0] as BatchAnswer.Failed).failure
                failure.shouldBeInstanceOf<ContextLengthException>().requestId shouldBe "req_1"
            }
        }

        test("an error without a status is judged by its code") {
            Scene(Side.OPENAI).use { scene ->
                val ticket = scene.submitted("k", "one", "two")
                scene.play.complete(ticket.id)

                fun line(i: Int, code: String) =
                    """{"custom_id":"${CustomIds("k").of(i)}","response":null,"error":{"code":"$code","message":"so"}}""" + "\n"
                scene.play.refuse("/content", Reply.of(200, "text/plain", line(0, "request_timeout") + line(1, "rate_limit_exceeded")))
                val results = scene.resultsOf(ticket)
                (0..1).map { wordsOf(results[it]) } shouldContainExactly listOf("ServerException", "RateLimitedException")
            }
        }
    })
