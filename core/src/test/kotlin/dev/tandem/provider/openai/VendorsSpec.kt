package dev.tandem.provider.openai

import dev.tandem.KEY
import dev.tandem.chat
import dev.tandem.generate
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.Reasoning
import dev.tandem.provider.Asked
import dev.tandem.testing.OpenAiReplies.event
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.jsonPrimitive

/** A vendor is a value of [OpenAiDialect] and a row here. */
class VendorsSpec :
    FunSpec({
        class Row(
            val dialect: OpenAiDialect,
            val url: String,
            val variable: String,
            val model: String,
            val maxTokens: String = "max_tokens",
            val asksForUsage: Boolean = true,
            val seed: String = "seed",
            val reasoning: String = """"reasoning_effort":"low"""",
            val embeddingModel: String? = null,
        )

        val thinking = """"thinking":{"type":"enabled"}"""
        val rows = listOf(
            Row(
                OpenAiDialect.OPENAI,
                "https://api.openai.com/v1",
                "OPENAI_API_KEY",
                "gpt-4o-mini",
                maxTokens = "max_completion_tokens",
                embeddingModel = "text-embedding-3-small",
            ),
            Row(
                Vendors.DEEPSEEK,
                "https://api.deepseek.com/v1",
                "DEEPSEEK_API_KEY",
                "deepseek-flash",
                reasoning = """$thinking,"reasoning_effort":"low"""",
            ),
            Row(
                Vendors.MISTRAL,
                "https://api.mistral.ai/v1",
                "MISTRAL_API_KEY",
                "mistral-small-latest",
                asksForUsage = false,
                seed = "random_seed",
                embeddingModel = "mistral-embed",
            ),
            Row(Vendors.PERPLEXITY, "https://api.perplexity.ai", "PERPLEXITY_API_KEY", "sonar", asksForUsage = false),
            Row(Vendors.XAI, "https://api.x.ai/v1", "XAI_API_KEY", "grok-4.3"),
            Row(Vendors.AI21, "https://api.ai21.com/studio/v1", "AI21_API_KEY", "jamba-mini", asksForUsage = false),
            Row(
                Vendors.OPENROUTER,
                "https://openrouter.ai/api/v1",
                "OPENROUTER_API_KEY",
                "openrouter/auto",
                reasoning = """"reasoning":{"effort":"low"}""",
            ),
            Row(
                Vendors.FIREWORKS,
                "https://api.fireworks.ai/inference/v1",
                "FIREWORKS_API_KEY",
                "accounts/fireworks/models/gpt-oss-120b",
                embeddingModel = "nomic-ai/nomic-embed-text-v1.5",
            ),
            Row(
                Vendors.TOGETHER,
                "https://api.together.ai/v1",
                "TOGETHER_API_KEY",
                "meta-llama/Llama-3.3-70B-Instruct-Turbo",
                embeddingModel = "BAAI/bge-base-en-v1.5",
            ),
            Row(
                Vendors.BYTEDANCE,
                "https://ark.ap-southeast.bytepluses.com/api/v3",
                "ARK_API_KEY",
                "dola-seed-2-1-turbo-260628",
                reasoning = thinking,
            ),
            Row(
                Vendors.GROQ,
                "https://api.groq.com/openai/v1",
                "GROQ_API_KEY",
                "openai/gpt-oss-120b",
                maxTokens = "max_completion_tokens",
            ),
            Row(Vendors.HUGGINGFACE, "https://router.huggingface.co/v1", "HF_TOKEN", "openai/gpt-oss-120b"),
            Row(
                Vendors.CEREBRAS,
                "https://api.cerebras.ai/v1",
                "CEREBRAS_API_KEY",
                "gpt-oss-120b",
                maxTokens = "max_completion_tokens",
            ),
        )

        for (row in rows) {
            test("${row.dialect.name}: address, key, model and the names of its fields") {
                val asked = Asked("""{"choices":[{"message":{"content":"ok"},"finish_reason":"stop"}]}""")
                val client = asked.client(OpenAi.of(row.dialect, KEY))
                val request = ChatRequest
                    .builder()
                    .user("Hi")
                    .maxTokens(5)
                    .seed(42)
                    .reasoning(Reasoning.LOW)
                    .build()
                client.stream(request).toList()
                asked.url shouldBe "${row.url}/chat/completions"
                asked.last.headers["Authorization"] shouldBe "Bearer $KEY"
                val usage = if (row.asksForUsage) ""","stream_options":{"include_usage":true}""" else ""
                asked bodyIs
                    """{"model":"${row.model}","messages":[{"role":"user","content":"Hi"}],"stream":true$usage,
                    "${row.maxTokens}":5,"${row.seed}":42,${row.reasoning}}"""
                row.dialect.defaultEmbeddingModel shouldBe row.embeddingModel
            }

            test("${row.dialect.name}: a missing key names its variable") {
                for (build in listOf({ OpenAi.fromEnvironment(row.dialect) }, { OpenAi.builder(row.dialect).build() })) {
                    shouldThrow<IllegalArgumentException> { build() }.message!! shouldContain "set ${row.variable} and use"
                }
            }
        }

        test("each vendor there is has a row") {
            val values = Vendors::class.java.fields
                .map { it.get(null) }
                .filterIsInstance<OpenAiDialect>()
            rows.map { it.dialect }.filter { it !== OpenAiDialect.OPENAI }.toSet() shouldBe values.toSet()
        }
    })
