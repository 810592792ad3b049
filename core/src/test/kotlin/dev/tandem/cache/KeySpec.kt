package dev.tandem.cache

import dev.tandem.KEY
import dev.tandem.cache
import dev.tandem.generate
import dev.tandem.model.ChatRequest
import dev.tandem.model.Message
import dev.tandem.model.ProviderState
import dev.tandem.model.Reasoning
import dev.tandem.model.ResponseFormat
import dev.tandem.model.ToolChoice
import dev.tandem.pipeline.AddressedTarget
import dev.tandem.provider.Asked
import dev.tandem.provider.Provider
import dev.tandem.provider.locallab.LocalLab
import dev.tandem.provider.openai.AzureOpenAi
import dev.tandem.provider.openai.OpenAi
import dev.tandem.provider.openai.OpenAiDialect
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import kotlinx.serialization.json.JsonPrimitive
import kotlin.time.Duration.Companion.seconds

/** Clients that share a store share the answers of those they both would ask, and of nobody else. */
class KeySpec :
    FunSpec({
        val server = "http://a:1/v1"

        /** Says it on both wires of OpenAI. */
        fun asked() = Asked(
            """{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}],"status":"completed",
            "output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"ok"}]}]}""",
        )

        /** How many of [providers] are asked, when their clients ask the same one after the other. */
        suspend fun askedOf(vararg providers: Provider): Int {
            val asked = asked()
            val store = MemoryCache(100)
            providers.forEach { provider ->
                asked
                    .client(provider) {
                        model = "m"
                        cache(store)
                    }.generate("Hi")
            }
            return asked.requests.size
        }

        fun identityOf(provider: Provider) = (asked().client(provider).target as AddressedTarget).identity

        fun openAi(build: OpenAi.Builder.() -> Unit) = OpenAi
            .builder()
            .apiKey(KEY)
            .apply(build)
            .build()

        fun azure(build: AzureOpenAi.Builder.() -> Unit) = AzureOpenAi
            .builder()
            .endpoint("https://mine.openai.azure.com")
            .apiKey(KEY)
            .apply(build)
            .build()

        test("two servers of one name") {
            askedOf(OpenAi.compatible(server), OpenAi.compatible("http://b:1/v1"), OpenAi.compatible(server)) shouldBe 2
            askedOf(azure {}, azure { endpoint("https://other.openai.azure.com") }, azure {}) shouldBe 2
        }

        test("two ways into one server") {
            askedOf(azure { apiVersion("2024-10-21") }, azure { apiVersion("2025-01-01-preview") }, azure {}) shouldBe 3
            askedOf(openAi {}, openAi { responses() }) shouldBe 2
            val lab = LocalLab.builder().alwaysChat().build()
            identityOf(lab) shouldNotBe identityOf(LocalLab.local())
        }

        test("two keys, and two tenants of one key") {
            askedOf(OpenAi.compatible(server, KEY), OpenAi.compatible(server, "$KEY-2"), OpenAi.compatible(server)) shouldBe 3
            askedOf(openAi { organization("one") }, openAi { organization("two") }, openAi {}) shouldBe 3
        }

        test("the same question to the same server through any number of clients is one") {
            askedOf(openAi { organization("one") }, openAi { header("openai-organization", "one") }) shouldBe 1
            askedOf(openAi {}, OpenAi(KEY), OpenAi.of(OpenAiDialect.OPENAI, KEY)) shouldBe 1
        }

        test("tokens come and go, and tell nobody apart") {
            askedOf(
                OpenAi.builder().tokens { "one" }.build(),
                OpenAi.builder().tokens { "two" }.build(),
            ) shouldBe 1
        }

        test("a key is the same in every program and on every day, and holds no secret") {
            val keys = mutableListOf<String>()
            val store = object : CacheStore by MemoryCache(10) {
                override suspend fun get(key: String): ByteArray? = null.also { keys += key }
            }
            val provider = OpenAi.compatible(server, KEY)
            asked().client(provider) { cache(store) }.generate("Hi") {
                model = "m"
                reasoning = Reasoning.LOW
                toolChoice = ToolChoice.AUTO
                responseFormat = ResponseFormat.JSON
                timeout = 5.seconds
            }
            keys.distinct() shouldBe listOf("cb279a86a494221cc041b63cd3e65d8407796b2b49b7d872729ac4d0165e418d")
            identityOf(provider).contains(KEY) shouldBe false
        }

        test("what goes back to its provider is asked with the rest, whatever name it goes by") {
            suspend fun answers(provider: Provider, owner: String): Int {
                val asked = asked()
                val client = asked.client(provider) {
                    model = "m"
                    cache(MemoryCache(10))
                }
                for (state in listOf("one", "two", "one")) {
                    val answer = Message.assistant("Hm").withProviderState(ProviderState(owner, JsonPrimitive(state)))
                    client.chat(
                        ChatRequest
                            .builder()
                            .user("Hi")
                            .message(answer)
                            .user("Go on")
                            .build(),
                    )
                }
                return asked.requests.size
            }
            answers(OpenAi.compatible(server), server) shouldBe 2
            answers(OpenAi(KEY), "openai") shouldBe 2
            answers(openAi { responses() }, "openai/responses") shouldBe 2
            // Never sent, so never asked.
            answers(OpenAi.compatible(server), "http://b:1/v1") shouldBe 1
            answers(openAi { responses() }, "openai") shouldBe 1
        }
    })
