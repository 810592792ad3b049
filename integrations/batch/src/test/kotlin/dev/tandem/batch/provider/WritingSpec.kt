package dev.tandem.batch.provider

import dev.tandem.AiClient
import dev.tandem.accounting.Budget
import dev.tandem.error.InvalidRequestException
import dev.tandem.error.NotSupportedException
import dev.tandem.masking
import dev.tandem.model.ChatRequest
import dev.tandem.model.chatRequest
import dev.tandem.provider.Provider
import dev.tandem.provider.gemini.Gemini
import dev.tandem.provider.ollama.Ollama
import dev.tandem.provider.openai.AzureOpenAi
import dev.tandem.provider.openai.OpenAi
import dev.tandem.provider.openai.Vendors
import dev.tandem.tool.tool
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.ints.shouldBeInRange
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldHaveMaxLength
import io.kotest.matchers.string.shouldMatch
import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.string
import io.kotest.property.checkAll
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** What goes into a batch and what does not, and how much. */
class WritingSpec :
    FunSpec({
        fun batchesOf(provider: Provider, settings: AiClient.Builder.() -> Unit = {}): ProviderBatches = ProviderBatches.of(
            AiClient
                .builder(provider)
                .model("m")
                .apply(settings)
                .build(),
        )

        fun sized(bytes: Int, model: String = "m") =
            WrittenRequest("/chat/completions", JsonObject(mapOf("model" to JsonPrimitive(model))), bytes)

        val openAi = OpenAi("key")

        test("providers without batches say so, and who has them") {
            for (provider in listOf(Gemini("key"), Ollama.local(), OpenAi.of(Vendors.MISTRAL, "key"), OpenAi.of(Vendors.XAI, "key"))) {
                shouldThrow<NotSupportedException> { batchesOf(provider) }.message shouldContain
                    "OpenAI, Azure OpenAI, Groq, Cerebras and Anthropic"
            }
        }

        test("those who have them have them") {
            batchesOf(OpenAi.of(Vendors.GROQ, "key")).provider shouldBe "groq"
            batchesOf(OpenAi.compatible("http://localhost:1/v1")).provider shouldBe "openai-compatible"
            val azure = AzureOpenAi.builder().endpoint("https://x.openai.azure.com").apiKey("key")
            batchesOf(azure.build()).write(ChatRequest.of("Hi")).path shouldBe "/chat/completions"
            shouldThrow<NotSupportedException> { batchesOf(azure.apiVersion("2024-10-21").build()).write(ChatRequest.of("Hi")) }
                .message shouldContain "leave apiVersion out"
        }

        test("what could not be kept in a batch is refused before anything is sent") {
            suspend fun refused(request: ChatRequest = ChatRequest.of("Hi"), settings: AiClient.Builder.() -> Unit = {}) =
                shouldThrow<NotSupportedException> { batchesOf(openAi, settings).write(request) }.message

            refused { masking() } shouldContain "masking"
            refused { budget(Budget.ofUsd(1.0)) } shouldContain "budget"
            val weather = tool("weather", "The weather") { place: Place -> place.city }
            refused(
                chatRequest {
                    user("Hi")
                    tool(weather)
                },
            ) shouldContain "'weather'"
            refused { tool(weather) } shouldContain "'weather'"
            refused(
                chatRequest {
                    user("Hi")
                    header("x-one", "1")
                },
            ) shouldContain "[x-one]"
        }

        test("headers of the client go with the calls about a batch") {
            Scene(Side.OPENAI, settings = { header("x-all", "1") }).use { scene ->
                scene.submitted("k", "one")
                scene.server.requests.map { it.header("x-all") } shouldContainExactly listOf("1", "1")
            }
        }

        test("a request that no batch has room for is refused by its size") {
            val batches = batchesOf(openAi)
            val huge = chatRequest { user("x".repeat(200_000_000)) }
            shouldThrow<InvalidRequestException> { batches.write(huge) }.message shouldContain "a batch takes 200000000 at most"
        }

        test("names are taken by both providers, whatever the key") {
            checkAll(Arb.string(1..512), Arb.int(0..99_999)) { key, index ->
                val ids = CustomIds(key)
                ids.of(index) shouldMatch Regex("^[a-zA-Z0-9_-]{1,64}$")
                ids.indexOf(ids.of(index)) shouldBe index
                CustomIds("$key.").indexOf(ids.of(index)) shouldBe null
            }
        }

        test("pieces keep order, and their bounds in number and bytes, and hold all there is") {
            val batches = batchesOf(openAi)
            checkAll(Arb.list(Arb.int(1..300), 0..60), Arb.int(1..7), Arb.int(100..900)) { sizes, most, bytes ->
                val items = sizes.mapIndexed { i, size -> i to sized(size) }
                val pieces = batches.cut(items.asFlow(), PieceSize.of(most, bytes.toLong())) { it.second }.toList()
                pieces.flatten() shouldContainExactly items
                for (piece in pieces) {
                    piece.size shouldBeInRange 1..most
                    if (piece.size > 1) (piece.sumOf { it.second.bytes } <= bytes) shouldBe true
                }
                // None is closed before it has to be.
                pieces.zipWithNext().forEach { (piece, next) ->
                    val hadRoom = piece.size < most && piece.sumOf { it.second.bytes } + next.first().second.bytes <= bytes
                    hadRoom shouldBe false
                }
            }
        }

        test("a batch at OpenAI is for one model, so pieces are; at Anthropic models may be mixed") {
            val items = listOf("a", "b", "a", "b", "a").map { sized(10, it) }
            val size = PieceSize.of(10, 1_000)
            batchesOf(openAi).cut(items.asFlow(), size) { it }.toList().map { piece -> piece.map { it.model } } shouldContainExactly
                listOf(listOf("a", "a", "a"), listOf("b", "b"))
            Scene(Side.ANTHROPIC).use {
                it.batches
                    .cut(items.asFlow(), size) { one -> one }
                    .toList()
                    .size shouldBe 1
            }
        }

        test("what cannot lie in one batch is not handed in as one") {
            val batches = batchesOf(openAi)
            val mixed = listOf(sized(10, "a"), sized(10, "b"))
            shouldThrow<IllegalArgumentException> { batches.submit(batches.intend("k", 2), mixed) }.message shouldContain "cut(…)"
            shouldThrow<IllegalArgumentException> { batches.submit(batches.intend("k", 3), mixed) }.message shouldContain "3 requests"
            shouldThrow<IllegalArgumentException> { batches.intend("k", 0) }.message shouldContain "there are 0"
            shouldThrow<IllegalArgumentException> { batches.intend("k", 50_001) }.message shouldContain "50000"
            shouldThrow<IllegalArgumentException> { batches.intend(" ", 1) }
            shouldThrow<IllegalArgumentException> { batches.intend("k".repeat(513), 1) }
            shouldThrow<IllegalArgumentException> { PieceSize.of(0, 1) }.message shouldContain "0"
            shouldThrow<IllegalArgumentException> { PieceSize.of(1, 0) }.message shouldContain "0"
        }

        test("intents and tickets are written and read, whatever is in them") {
            checkAll(Arb.string(1..99), Arb.int(1..50_000)) { key, size ->
                val intent = Intent(key, size, 1_700_000_000_000)
                Intent.of(intent.toJson()) shouldBe intent
                val ticket = Ticket("openai", "batch_1", key, size)
                Ticket.of(ticket.toJson()) shouldBe ticket
            }
            for (broken in listOf("", "[]", "{}", """{"provider":"openai","id":"b","key":"k"}""", "x".repeat(999))) {
                shouldThrow<IllegalArgumentException> { Ticket.of(broken) }.message.orEmpty() shouldHaveMaxLength 300
            }
            shouldThrow<IllegalArgumentException> { Intent.of("""{"key":"k"}""") }.message shouldContain "size"
        }

        test("a ticket is for the provider that gave it") {
            val ticket = Ticket("anthropic", "msgbatch_1", "k", 1)
            shouldThrow<IllegalArgumentException> { batchesOf(openAi).look(ticket) }.message shouldContain "from anthropic"
        }
    })

@Serializable
private class Place(val city: String)
