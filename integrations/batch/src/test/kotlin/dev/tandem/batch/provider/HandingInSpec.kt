package dev.tandem.batch.provider

import dev.tandem.error.ConnectionLostException
import dev.tandem.error.InvalidRequestException
import dev.tandem.error.NotSupportedException
import dev.tandem.error.OverloadedException
import dev.tandem.error.ServerException
import dev.tandem.testing.OpenAiBatchPlay
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds

/** One batch for one intent, whatever gets lost on the way. */
class HandingInSpec :
    FunSpec({
        for (side in Side.entries) {
            test("$side: where nothing was made, nothing is found, and it can be handed in") {
                Scene(side).use { scene ->
                    scene.submitted("another", "one")
                    val intent = Intent.of(scene.batches.intend("k", 2).toJson())
                    scene.newBatches().find(intent, emptyList()) shouldBe null
                }
            }

            test("$side: a batch that was made and never heard of is found by the next process") {
                Scene(side).use { scene ->
                    val intent = scene.batches.intend("k", 2)
                    val ticket = scene.batches.submit(intent, scene.written("one", "two"))
                    // All that the next one has is what was written down before.
                    scene.play.complete(ticket.id)
                    scene.newBatches().find(Intent.of(intent.toJson()), emptyList()) shouldBe ticket
                }
            }

            test("$side: a ticket that was written down brings another process to the results") {
                Scene(side).use { scene ->
                    val ticket = Ticket.of(scene.submitted("k", "one", "two").toJson())
                    val next = scene.newBatches()
                    scene.meanwhile = { scene.play.complete(ticket.id) }
                    next.await(ticket).succeeded shouldBe 2
                    scene
                        .resultsOf(ticket)
                        .values
                        .map(::wordsOf)
                        .sorted() shouldContainExactly listOf("one", "two")
                }
            }

            test("$side: a batch whose making was not answered is not made twice") {
                Scene(side).use { scene ->
                    scene.play.spoil("POST ${side.path}") { reply ->
                        scene.play.complete(scene.play.batches.last())
                        reply.cutAt(0)
                    }
                    val ticket = scene.submitted("k", "one")
                    listOf(ticket.id) shouldBe scene.play.batches
                    scene.makings() shouldBe 1
                }
            }

            test("$side: what was answered by half is not made twice") {
                Scene(side).use { scene ->
                    scene.play.spoil("POST ${side.path}") { reply ->
                        scene.play.complete(scene.play.batches.last())
                        reply.resetAt(reply.size - 20)
                    }
                    scene.submitted("k", "one").id shouldBe scene.play.batches.single()
                    scene.makings() shouldBe 1
                }
            }

            test("$side: what was refused for now is asked for again, without looking whether it is there") {
                Scene(side).use { scene ->
                    scene.play.refuse("POST ${side.path}", side.error(429, "slow down"), side.error(529, "busy"))
                    scene.submitted("k", "one").id shouldBe scene.play.batches.single()
                    scene.makings() shouldBe 3
                    scene.asked().none { it == "GET ${side.path}" } shouldBe true
                    scene.pauses shouldContainExactly listOf(15.seconds, 22.5.seconds)
                }
            }

            for (status in listOf(500, 502, 503, 504)) {
                test("$side: after the status $status it is looked for first") {
                    Scene(side).use { scene ->
                        scene.play.refuse("POST ${side.path}", side.error(status, "oops"))
                        scene.submitted("k", "one")
                        scene.asked().filter { it.endsWith(side.path) } shouldContainExactly
                            listOf("POST ${side.path}", "GET ${side.path}", "POST ${side.path}")
                    }
                }
            }

            test("$side: what is wrong stays wrong, and is said at once") {
                Scene(side).use { scene ->
                    scene.play.refuse("POST ${side.path}", side.error(400, "no such thing"))
                    shouldThrow<InvalidRequestException> { scene.submitted("k", "one") }
                    scene.makings() shouldBe 1
                }
            }

            test("$side: somebody who refuses for ever is not asked for ever") {
                Scene(side).use { scene ->
                    scene.play.refuse("POST ${side.path}", *Array(9) { side.error(529, "busy") })
                    shouldThrow<OverloadedException> { scene.submitted("k", "one") }
                    scene.makings() shouldBe 5
                }
            }

            test("$side: when not even the list can be had, both failures are told") {
                Scene(side).use { scene ->
                    scene.play.spoil("POST ${side.path}") { it.cutAt(0) }
                    scene.play.refuse("GET ${side.path}", *Array(40) { side.error(500, "oops") })
                    val failure = shouldThrow<ServerException> { scene.submitted("k", "one") }
                    failure.suppressed.single()::class shouldBe ConnectionLostException::class
                }
            }

            test("$side: a server without batches is told from a request that is wrong") {
                Scene(side).use { scene ->
                    scene.play.refuse(if (side == Side.OPENAI) "POST /v1/files" else "POST", side.error(404, "Not Found"))
                    shouldThrow<NotSupportedException> { scene.submitted("k", "one") }.message shouldContain "OpenAI, Azure OpenAI, Groq"
                }
            }

            test("$side: a list of many pages is read as far as the time of the intent") {
                Scene(side).use { scene ->
                    val now = scene.nowMillis
                    scene.play.nowMillis = { now - 48.hours.inWholeMilliseconds }
                    repeat(150) { scene.submitted("old $it", "one") }
                    scene.play.nowMillis = { now }
                    val intent = scene.batches.intend("k", 1)
                    val ticket = scene.batches.submit(intent, scene.written("one"))
                    scene.play.complete(ticket.id)
                    repeat(5) { scene.submitted("newer $it", "one", "two") }
                    scene.play.pageSize = 4
                    scene.newBatches().find(intent, emptyList()) shouldBe ticket
                    val before = scene.asked().count { it == "GET ${side.path}" }
                    scene.newBatches().find(scene.batches.intend("never made", 3), emptyList()) shouldBe null
                    // 6 newer ones and 100 older ones, 4 on each page.
                    scene.asked().count { it == "GET ${side.path}" } - before shouldBe 27
                }
            }
        }

        test("servers that keep no key are asked for the name of the file") {
            Scene(Side.OPENAI).use { scene ->
                (scene.play as OpenAiBatchPlay).keepsMetadata = false
                scene.submitted("another", "one")
                val intent = scene.batches.intend("k", 1)
                val ticket = scene.batches.submit(intent, scene.written("one"))
                scene.newBatches().find(intent, emptyList()) shouldBe ticket
                scene.newBatches().find(scene.batches.intend("never made", 1), emptyList()) shouldBe null
            }
        }

        test("at Anthropic a batch is known by its results, so those that are not done are waited for") {
            Scene(Side.ANTHROPIC).use { scene ->
                val others = listOf(scene.submitted("other 1", "a", "b"), scene.submitted("other 2", "a", "b"))
                scene.submitted("of another size", "a")
                val intent = scene.batches.intend("k", 2)
                val ticket = scene.batches.submit(intent, scene.written("one", "two"))
                scene.meanwhile = { pause -> scene.play.complete(listOf(others[1].id, others[0].id, ticket.id)[pause - 1]) }
                val next = scene.newBatches()
                next.find(intent, emptyList()) shouldBe ticket
                scene.pauses.size shouldBe 3
            }
        }

        test("at Anthropic batches that have their tickets are not looked at") {
            Scene(Side.ANTHROPIC).use { scene ->
                val others = listOf(scene.submitted("other 1", "a"), scene.submitted("other 2", "a"))
                val before = scene.server.requests.size
                scene.newBatches().find(scene.batches.intend("k", 1), others) shouldBe null
                scene.server.requests.size - before shouldBe 1
                scene.pauses.size shouldBe 0
            }
        }
    })
