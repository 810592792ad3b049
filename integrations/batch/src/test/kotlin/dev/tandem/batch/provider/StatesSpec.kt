package dev.tandem.batch.provider

import dev.tandem.batch.provider.BatchState.Phase
import dev.tandem.error.InvalidRequestException
import dev.tandem.error.MalformedResponseException
import dev.tandem.error.NoTurnException
import dev.tandem.error.NotFoundException
import dev.tandem.error.QuotaExceededException
import dev.tandem.error.RateLimitedException
import dev.tandem.testing.OpenAiBatchPlay
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.flow.toList

/** What a batch may be, and what can be had from it then. */
class StatesSpec :
    FunSpec({
        for (side in Side.entries) {
            test("$side: while a batch is at work there are no results, and a plain word says so") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one", "two")
                    scene.play.begin(ticket.id)
                    scene.batches.look(ticket).let { it.phase to it.isEnded } shouldBe (Phase.RUNNING to false)
                    shouldThrow<IllegalStateException> { scene.resultsOf(ticket) }.message shouldContain "await it first"
                }
            }

            test("$side: of a batch whose time is over, what was answered is there, and the rest had no turn") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one", "two", "three")
                    scene.play.expire(ticket.id, 2)
                    scene.batches.await(ticket).phase shouldBe Phase.EXPIRED
                    val results = scene.resultsOf(ticket)
                    (0..2).map { wordsOf(results[it]) } shouldContainExactly listOf("one", "two", "NoTurnException")
                    val failure = (results[2] as BatchAnswer.Failed).failure
                    failure.shouldBeInstanceOf<NoTurnException>().isRetryable shouldBe true
                    failure.message shouldContain "expired"
                }
            }

            test("$side: a batch is cancelled in its own time, and keeps what was answered before") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one", "two", "three")
                    scene.batches.cancel(ticket).phase shouldBe Phase.CANCELLING
                    scene.meanwhile = { scene.play.endCancelled(ticket.id, 1) }
                    scene.batches
                        .watch(ticket)
                        .toList()
                        .map { it.phase } shouldContainExactly listOf(Phase.CANCELLING, Phase.CANCELLED)
                    val results = scene.resultsOf(ticket)
                    (0..2).map { wordsOf(results[it]) } shouldContainExactly listOf("one", "NoTurnException", "NoTurnException")
                    (results[1] as BatchAnswer.Failed).failure.message shouldContain "cancelled"
                }
            }

            test("$side: what has ended cannot be cancelled, which is no failure") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one")
                    scene.play.complete(ticket.id)
                    scene.batches.cancel(ticket).phase shouldBe Phase.DONE
                    scene.asked().none { it.endsWith("/cancel") } shouldBe true
                }
            }

            test("$side: a batch that ends while it is being cancelled has ended") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one")
                    scene.play.spoil("GET ${side.path}/") { reply ->
                        scene.play.complete(ticket.id)
                        reply
                    }
                    scene.batches.cancel(ticket).phase shouldBe Phase.DONE
                }
            }

            test("$side: when the answer to a cancellation is lost, the batch tells whether it was heard") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one")
                    scene.play.spoil("/cancel") { it.cutAt(0) }
                    scene.batches.cancel(ticket).phase shouldBe Phase.CANCELLING
                    scene.asked().count { it.endsWith("/cancel") } shouldBe 1
                }
            }

            test("$side: a state that nobody knows is said, and not waited for") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one")
                    scene.play.refuse("GET ${side.path}/", Reply.json("""{"id":"b","status":"paused","processing_status":"paused"}"""))
                    shouldThrow<MalformedResponseException> { scene.batches.await(ticket) }.message shouldContain "paused"
                    scene.pauses.size shouldBe 0
                }
            }

            test("$side: a page that is no JSON is said, whoever sent it") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one")
                    scene.play.refuse("GET ${side.path}/", Reply.of(200, "text/html", "<html>Sign in</html>"))
                    shouldThrow<MalformedResponseException> { scene.batches.look(ticket) }.message shouldContain "Sign in"
                }
            }

            test("$side: a batch that is not there is not there") {
                Scene(side).use { scene ->
                    shouldThrow<NotFoundException> { scene.batches.look(Ticket(scene.batches.provider, "batch_of_others", "k", 1)) }
                }
            }
        }

        test("what a server does not even mention of a batch that was cut short had no turn") {
            Scene(Side.OPENAI).use { scene ->
                val ticket = scene.submitted("k", "one", "two")
                scene.play.expire(ticket.id, 1)
                scene.play.lost = setOf(1)
                val failure = (scene.resultsOf(ticket)[1] as BatchAnswer.Failed).failure
                failure.shouldBeInstanceOf<NoTurnException>().code shouldBe "batch_expired"
                // Here an answer is missing that was counted.
                scene.play.lost = setOf(0, 1)
                scene.resultsOf(ticket).values.map(::wordsOf) shouldContainExactly List(2) { "EmptyResponseException" }
            }
        }

        fun rejected(vararg problems: Triple<Int?, String, String>, check: suspend (Scene, Ticket) -> Unit): suspend () -> Unit = {
            Scene(Side.OPENAI).use { scene ->
                val ticket = scene.submitted("k", "one", "two", "three")
                val play = scene.play as OpenAiBatchPlay
                problems.forEach { (line, code, message) -> play.reject(ticket.id, line, code, message) }
                check(scene, ticket)
            }
        }

        test("a batch that was not taken says why, line by line") {
            rejected(
                Triple(3, "invalid_request", "max_tokens must be positive"),
                Triple(1, "model_not_found", "The model `m-1` does not exist"),
            ) { scene, ticket ->
                val state = scene.batches.await(ticket)
                state.phase shouldBe Phase.FAILED
                state.failure.shouldBeInstanceOf<InvalidRequestException>().message shouldContain
                    "line 3: max_tokens must be positive; line 1: The model `m-1` does not exist"
                state.problems.keys shouldBe setOf(2, 0)
                state.problems.mapValues { it.value::class.simpleName } shouldBe
                    mapOf(2 to "InvalidRequestException", 0 to "ModelNotFoundException")
                shouldThrow<InvalidRequestException> { scene.resultsOf(ticket) }.isRetryable shouldBe false
            }()
        }

        test("too many tokens in line is no fault of the batch: later it may be taken") {
            val words = "Enqueued token limit reached for m-1 in organization org-1. Limit: 90,000 enqueued tokens."
            rejected(Triple(null, "token_limit_exceeded", words)) { scene, ticket ->
                val failure = scene.batches.await(ticket).failure
                failure.shouldBeInstanceOf<RateLimitedException>().isRetryable shouldBe true
                failure.code shouldBe "token_limit_exceeded"
            }()
        }

        test("no money is no money in batches either") {
            rejected(Triple(null, "billing_hard_limit_reached", "Billing hard limit has been reached.")) { scene, ticket ->
                scene.batches
                    .await(ticket)
                    .failure
                    .shouldBeInstanceOf<QuotaExceededException>()
            }()
        }
    })
