package dev.tandem.batch.provider

import dev.tandem.batch.provider.BatchState.Phase
import dev.tandem.model.ChatRequest
import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.Reasoning
import dev.tandem.model.ResponseFormat
import dev.tandem.model.ToolDefinition
import dev.tandem.model.chatRequest
import dev.tandem.provider.openai.OpenAi
import dev.tandem.schema.Schema
import dev.tandem.structured.Extracted
import dev.tandem.structured.answerType
import dev.tandem.testing.OpenAiBatchPlay
import dev.tandem.testing.ResponsesReplies
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeUnique
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json

/** From requests to results, at each provider. */
class WholeRunSpec :
    FunSpec({
        for (side in Side.entries) {
            test("$side: a batch is handed in, waited for, and brings each answer to its place") {
                Scene(side).use { scene ->
                    val ticket = scene.submitted("any key: ä / \"1\"", "one", "two", "three")
                    val id = scene.play.batches.single()
                    ticket.id shouldBe id
                    scene.meanwhile = { if (it == 1) scene.play.begin(id) else scene.play.complete(id) }
                    val states = scene.batches.watch(ticket).toList()
                    states.last().phase shouldBe Phase.DONE
                    states.last().let { listOf(it.total, it.succeeded, it.failed) } shouldBe listOf(3, 3, 0)
                    (states.last().expiresAtMillis!! > scene.nowMillis) shouldBe true
                    val answers = scene.batches.results(ticket).toList()
                    // As they came: the play gives the last first.
                    answers.map { it.index } shouldContainExactly listOf(2, 1, 0)
                    answers.reversed().map(::wordsOf) shouldContainExactly listOf("one", "two", "three")
                    val response = (answers.first() as BatchAnswer.Answered).response
                    response.usage.inputTokens shouldBe 3
                    response.usage.outputTokens shouldBe 2
                    response.model shouldBe "fake-1"
                }
            }

            test("$side: a request in a batch is what a plain call sends") {
                Scene(side).use { scene ->
                    val schema = Schema.objectOf().property("a", Schema.text()).build()
                    val requests = listOf(
                        chatRequest {
                            system("Be brief")
                            user("Hello")
                            model = "m-2"
                            temperature = 0.5
                            maxTokens = 99
                            extra("some_field", listOf(1, 2))
                        },
                        chatRequest {
                            message(Message.user(Part.Text("What is it?"), Part.Image("https://example.org/a.png")))
                            responseFormat = ResponseFormat.jsonSchema("thing", schema)
                        },
                        chatRequest {
                            user("Weather?")
                            tool(ToolDefinition("weather", "The weather", schema))
                            reasoning = Reasoning.LOW
                            maxTokens = 4_000
                        },
                    )
                    for (request in requests) {
                        scene.server.enqueue(side.chat("plain"))
                        scene.ai.chat(request)
                        val plain = scene.server.requests
                            .last()
                            .body
                        scene.batches.submit(scene.batches.intend("k", 1), listOf(scene.batches.write(request)))
                        val batched = scene.play.requestsOf(scene.play.batches.last()).single()
                        Json.parseToJsonElement(batched) shouldBe Json.parseToJsonElement(plain)
                    }
                }
            }

            test("$side: many requests are cut, handed in piece by piece, and none is lost or doubled") {
                Scene(side).use { scene ->
                    val prompts = (1..25).map { "prompt $it" }
                    val items = flow { for (it in prompts) emit(it to scene.batches.write(ChatRequest.of(it))) }
                    val pieces = scene.batches.cut(items, PieceSize.of(10, 1_000_000)) { it.second }.toList()
                    pieces.map { it.size } shouldContainExactly listOf(10, 10, 5)
                    val seen = pieces.flatMapIndexed { i, piece ->
                        val intent = scene.batches.intend("piece $i", piece.size)
                        val ticket = scene.batches.submit(intent, piece.map { it.second })
                        scene.play.complete(ticket.id)
                        scene.batches
                            .results(ticket)
                            .map { piece[it.index].first to wordsOf(it) }
                            .toList()
                    }
                    seen.shouldBeUnique()
                    seen.sortedBy { it.first } shouldBe prompts.map { it to it }.sortedBy { it.first }
                }
            }
        }

        test("responses travel in batches as chat completions do") {
            val provider = { url: String ->
                OpenAi
                    .builder()
                    .apiKey(Side.KEY)
                    .baseUrl(url)
                    .responses()
                    .build()
            }
            Scene(Side.OPENAI, provider = provider).use { scene ->
                val ticket = scene.submitted("k", "one", "two")
                scene.server.requests
                    .first { "/files" in it.path }
                    .body
                    .lines()
                    .count { "\"url\":\"/v1/responses\"" in it } shouldBe 2
                scene.play.complete(ticket.id) { ResponsesReplies.chat("so") }
                scene.resultsOf(ticket).values.map(::wordsOf) shouldContainExactly listOf("so", "so")
            }
        }

        test("typed answers are asked for in a batch, and read from it") {
            for (side in Side.entries) {
                Scene(side).use { scene ->
                    val type = answerType<Town>()
                    val request = scene.batches.write(Extracted.asking(ChatRequest.of("Lisbon?"), type))
                    val ticket = scene.batches.submit(scene.batches.intend("k", 1), listOf(request))
                    scene.play.complete(ticket.id) { side.chat("""{"name":"Lisbon"}""") }
                    val answer = scene.resultsOf(ticket).getValue(0) as BatchAnswer.Answered
                    Extracted.of(answer.response, type).value.name shouldBe "Lisbon"
                }
            }
        }

        test("a file that Azure is still reading is waited for") {
            Scene(Side.OPENAI).use { scene ->
                (scene.play as OpenAiBatchPlay).looksAtFiles = 3
                scene.submitted("k", "one")
                scene.pauses.size shouldBe 3
                scene.play.batches.size shouldBe 1
            }
        }
    })

@Serializable
private class Town(val name: String)
