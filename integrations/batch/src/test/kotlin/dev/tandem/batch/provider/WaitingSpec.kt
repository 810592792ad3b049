package dev.tandem.batch.provider

import dev.tandem.AiClient
import dev.tandem.batch.provider.BatchState.Phase
import dev.tandem.error.AiException
import dev.tandem.error.ServerException
import dev.tandem.error.UnauthorizedException
import dev.tandem.model.ChatRequest
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.ModelsRequest
import dev.tandem.model.RawRequest
import dev.tandem.model.RawResponse
import dev.tandem.pipeline.Target
import dev.tandem.provider.Provider
import dev.tandem.provider.Wire
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.longs.shouldBeInRange
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.currentTime
import kotlinx.coroutines.test.runTest
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** How a batch is waited for, and how somebody stops waiting. */
class WaitingSpec :
    FunSpec({
        for (side in Side.entries) {
            test("$side: pauses grow, and not for ever") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one")
                    scene.meanwhile = { if (it == 12) scene.play.complete(ticket.id) }
                    scene.batches.await(ticket).phase shouldBe Phase.DONE
                    scene.pauses.take(4) shouldContainExactly listOf(10.seconds, 15.seconds, 22.5.seconds, 33.75.seconds)
                    scene.pauses.takeLast(2) shouldContainExactly listOf(5.minutes, 5.minutes)
                    scene.asked().count { it == "GET ${side.path}/${ticket.id}" } shouldBe 13
                }
            }

            test("$side: looks that fail are made again, and a provider that asks for patience gets it") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one")
                    val busy = Reply.error(429, "{}", "Retry-After", "600")
                    scene.play.refuse("GET ${side.path}/", side.error(500, "oops"), busy, Reply.json("{}").cutAt(20))
                    scene.meanwhile = { if (it == 3) scene.play.complete(ticket.id) }
                    scene.batches.await(ticket).phase shouldBe Phase.DONE
                    scene.pauses shouldContainExactly listOf(15.seconds, 10.minutes, 33.75.seconds)
                }
            }

            test("$side: an outage that does not end is an error in the end") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one")
                    scene.play.refuse("GET ${side.path}/", *Array(30) { side.error(500, "oops") })
                    shouldThrow<ServerException> { scene.batches.await(ticket) }
                    scene.pauses.size shouldBe 20
                }
            }

            test("$side: a key that is refused is not tried again") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one")
                    scene.play.refuse("GET ${side.path}/", side.error(401, "no"))
                    shouldThrow<UnauthorizedException> { scene.batches.await(ticket) }
                    scene.pauses.size shouldBe 0
                }
            }

            test("$side: whoever is cancelled in a pause is gone, and the batch goes on without him") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one")
                    val isPausing = CompletableDeferred<Unit>()
                    scene.meanwhile = {
                        isPausing.complete(Unit)
                        awaitCancellation()
                    }
                    val waiting = launch(Dispatchers.Default) { scene.batches.await(ticket) }
                    isPausing.await()
                    waiting.cancelAndJoin()
                    scene.asked().none { it.endsWith("/cancel") } shouldBe true
                    scene.play.complete(ticket.id)
                    scene.newBatches().look(ticket).phase shouldBe Phase.DONE
                }
            }

            test("$side: whoever is cancelled in the midst of a look closes its connection") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one")
                    scene.play.refuse("GET ${side.path}/", Reply.silence())
                    val before = scene.server.requests.size
                    val waiting = launch(Dispatchers.Default) { scene.batches.await(ticket) }
                    repeat(before + 1) { scene.server.awaitRequest() }
                    waiting.cancelAndJoin()
                    scene.server.awaitHangUp()
                }
            }

            test("$side: whoever is cancelled while a batch is being made finds it later") {
                Scene(side).use { scene ->
                    val requests = scene.written("one")
                    val intent = scene.batches.intend("k", 1)
                    val isHeard = CompletableDeferred<Unit>()
                    scene.play.spoil("POST ${side.path}") { reply ->
                        scene.play.complete(scene.play.batches.last())
                        isHeard.complete(Unit)
                        reply.holdAt(20)
                    }
                    val submitting = async(Dispatchers.Default) { scene.batches.submit(intent, requests) }
                    isHeard.await()
                    submitting.cancelAndJoin()
                    scene.batches.find(intent, emptyList())?.id shouldBe scene.play.batches.single()
                }
            }

            test("$side: whoever has seen enough looks no more") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("k", "one")
                    scene.batches
                        .watch(ticket)
                        .first()
                        .isEnded shouldBe false
                    scene.asked().count { it == "GET ${side.path}/${ticket.id}" } shouldBe 1
                }
            }
        }

        test("a day of waiting is a delay like any other") {
            runTest {
                val ai = AiClient.builder(Slow(10.hours.inWholeMilliseconds) { currentTime }).build()
                ProviderBatches.of(ai).await(Ticket("slow", "b", "k", 1)).phase shouldBe Phase.DONE
                (currentTime.milliseconds - 10.hours).inWholeMinutes shouldBeInRange 0..5L
            }
        }

        test("pauses have their bounds") {
            shouldThrow<IllegalArgumentException> { Pauses.builder().firstMillis(0) }.message shouldContain "first"
            shouldThrow<IllegalArgumentException> { Pauses.builder().factor(0.5) }.message shouldContain "0.5"
            shouldThrow<IllegalArgumentException> { Pauses.builder().longestMillis(-1) }.message shouldContain "longest"
            shouldThrow<IllegalArgumentException> { Pauses.builder().failures(-1) }.message shouldContain "-1"
            val pauses = Pauses
                .builder()
                .firstMillis(100)
                .factor(2.0)
                .longestMillis(1_000)
                .failures(0)
                .build()
            (0..4).map(pauses::after) shouldContainExactly listOf(100, 200, 400, 800, 1_000).map { it.milliseconds }
            pauses.after(100_000) shouldBe 1.seconds
        }

        test("a client that is to bear no failure bears none") {
            Scene(Side.OPENAI).use { scene ->
                val ticket = scene.submitted("k", "one")
                val strict = ProviderBatches.of(scene.ai, Pauses.builder().failures(0).build())
                scene.play.refuse("GET", Reply.json("{}").cutAt(20))
                shouldThrow<AiException> { strict.await(ticket) }
            }
        }
    })

/** Has a batch that is done after [millis], by the clock of a test. */
private class Slow(private val millis: Long, private val now: () -> Long) : Provider {
    override val name = "slow"

    override fun connect(wire: Wire): Target = object : Target {
        override val name = "slow"
        override val defaultModel = "m"
        override val defaultEmbeddingModel = "none"
        override val maxEmbeddingInputs = 1

        override suspend fun chat(request: ChatRequest) = error("nobody asks")

        override fun stream(request: ChatRequest) = error("nobody asks")

        override suspend fun embed(request: EmbeddingRequest) = error("nobody asks")

        override fun models(request: ModelsRequest) = error("nobody asks")

        override suspend fun send(request: RawRequest): RawResponse {
            val status = if (now() < millis) "in_progress" else "completed"
            return RawResponse.of(200, emptyMap(), """{"id":"b","status":"$status"}""")
        }

        override suspend fun warmUp(request: ModelsRequest) = Unit

        override fun close() = Unit
    }
}
