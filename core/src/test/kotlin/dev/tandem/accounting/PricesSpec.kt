package dev.tandem.accounting

import dev.tandem.model.Usage
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldMatch
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject

class PricesSpec :
    FunSpec({
        fun table(): Map<String, Map<String, List<Double>>> {
            val text = checkNotNull(Prices::class.java.getResource("prices.json")).readText()
            return Json.decodeFromString(
                Json
                    .parseToJsonElement(text)
                    .jsonObject
                    .getValue("usd")
                    .toString(),
            )
        }

        test("the table that comes with the library is of a day, and knows the models that everybody uses") {
            val prices = Prices.bundled()
            prices.asOf shouldMatch "20\\d\\d-\\d\\d-\\d\\d"
            for ((provider, model) in listOf(
                "openai" to "gpt-4o-mini",
                "openai" to "gpt-4o-mini-2024-07-18",
                "anthropic" to "claude-sonnet-4-5",
                "anthropic" to "claude-sonnet-4-5-20250929",
                "gemini" to "gemini-2.5-flash",
                "openrouter" to "openai/gpt-4o-mini",
                "deepseek" to "deepseek-chat",
                "openai" to "text-embedding-3-small",
            )) {
                prices.of(provider, model) shouldNotBe null
            }
        }

        test("every price in the table makes sense") {
            for ((provider, models) in table()) {
                for ((model, price) in models) {
                    withClue("$provider/$model") {
                        model shouldBe model.trim().lowercase()
                        (price.size in 2..4) shouldBe true
                        val known = Prices.bundled().of(provider, model)!!
                        known.run { listOf(input, output, cachedInput, cacheWrite) }.all { it in 0.0..1_000.0 } shouldBe true
                        known.input shouldBe price[0]
                        (known.cachedInput <= known.input) shouldBe true
                        (known.cacheWrite >= known.input) shouldBe true
                        // Embeddings have no output.
                        (known.output == 0.0 || known.output >= known.input) shouldBe true
                    }
                }
            }
        }

        test("a list price, in the words of its provider") {
            val prices = Prices.bundled()
            prices.of("openai", "gpt-4o-mini") shouldBe Price(0.15, 0.6, 0.075, 0.15)
            prices.of("openai", "text-embedding-3-small") shouldBe Price(0.02, 0.0)
            prices.of("anthropic", "claude-sonnet-4-5") shouldBe Price(3.0, 15.0, 0.3, 3.75)
            prices.of("gemini", "models/gemini-2.5-flash-lite") shouldBe Price(0.1, 0.4, 0.01, 0.1)
        }

        test("other names of the same model") {
            val prices = Prices.bundled()

            fun same(provider: String, model: String, maker: String, name: String) =
                prices.of(provider, model) shouldBe prices.of(maker, name).shouldNotBeNull()
            same("openai", "gpt-4o-mini-2024-07-18", "openai", "gpt-4o-mini")
            same("openai", "GPT-4o", "openai", "gpt-4o")
            same("azure", "gpt-4o", "openai", "gpt-4o")
            same("gemini", "models/gemini-2.5-pro", "gemini", "gemini-2.5-pro")
            same("gemini", "gemini-2.5-pro-preview-06-05", "gemini", "gemini-2.5-pro")
            same("gemini", "gemini-2.5-flash-lite-preview-09-2025", "gemini", "gemini-2.5-flash-lite")
            same("openrouter", "anthropic/claude-opus-4.1", "anthropic", "claude-opus-4-1")
            same("anthropic", "claude-opus-4-1-20250805", "anthropic", "claude-opus-4-1")
        }

        test("another model is not the same model") {
            val prices = Prices.bundled()
            for (model in listOf(
                "gpt-4o-mini-audio-preview",
                "gpt-4o-mini-tts",
                "my-own",
                "gpt-4o-",
                "gpt",
                "",
                "/",
                "-2024-07-18",
                "gpt-4o:free",
            )) {
                withClue(model) { prices.of("openai", model) shouldBe null }
            }
            prices.of("openrouter", "deepseek/deepseek-r1:free") shouldBe null
        }

        test("a model at another's costs what that one takes, and at home nothing") {
            val prices = Prices.bundled()
            prices.of("ollama", "gpt-4o-mini") shouldBe null
            prices.of("groq", "gpt-4o-mini") shouldBe null
            prices.of("groq", "openai/gpt-oss-120b") shouldNotBe prices.of("together", "openai/gpt-oss-120b")
            prices.of("elsewhere", "gpt-oss-120b") shouldBe null
        }

        test("the user's own price is found by each name that he may have told") {
            val mine = Price(1.0, 2.0)
            val prices = Prices.NONE
                .with("Meta-Llama/Llama-3.3-70B", mine)
                .with("ollama/qwen3", mine)
                .with("plain", mine)
            prices.of("together", "meta-llama/Llama-3.3-70B") shouldBe mine
            prices.of("together", "other/Llama-3.3-70B") shouldBe null
            prices.of("ollama", "qwen3") shouldBe mine
            prices.of("together", "qwen3") shouldBe null
            prices.of("together", "maker/plain-2025-01-01") shouldBe mine
            shouldThrow<IllegalArgumentException> { prices.with(" ", mine) }.message!! shouldContain "blank"
        }

        test("cached and written input have prices of their own") {
            val usage = Usage.of(1_000_000, 100_000).withCachedInput(400_000).withCacheWrite(100_000)
            Price(3.0, 15.0, 0.3, 3.75).of(usage) shouldBe (0.5 * 3 + 0.4 * 0.3 + 0.1 * 3.75 + 1.5 plusOrMinus 1e-9)
        }

        test("the user's price counts, and that of one provider before that of all") {
            val prices = Prices.bundled().with("gpt-4o-mini", Price(1.0, 1.0)).with("azure/gpt-4o-mini", Price(2.0, 2.0))
            prices.of("openai", "gpt-4o-mini") shouldBe Price(1.0, 1.0)
            prices.of("azure", "gpt-4o-mini") shouldBe Price(2.0, 2.0)
        }

        test("a price that makes no sense is refused") {
            shouldThrow<IllegalArgumentException> { Price(-1.0, 1.0) }.message shouldBe "price of input must not be negative, but is -1.0"
        }
    })
