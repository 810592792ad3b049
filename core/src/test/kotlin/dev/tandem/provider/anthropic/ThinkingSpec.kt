package dev.tandem.provider.anthropic

import dev.tandem.error.NotSupportedException
import dev.tandem.model.Options
import dev.tandem.model.Reasoning
import dev.tandem.model.ResponseFormat
import dev.tandem.model.options
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class ThinkingSpec :
    FunSpec({
        fun asked(model: String, reasoning: Reasoning?, maxTokens: Int? = null): Options = options {
            this.model = model
            this.reasoning = reasoning
            this.maxTokens = maxTokens
        }

        fun sent(options: Options) = Thinking.of(options).let { "${it.field} ${it.effort} ${it.maxTokens}" }

        fun budget(tokens: Int) = """{"type":"enabled","budget_tokens":$tokens}"""

        val adaptive = """{"type":"adaptive","display":"summarized"}"""

        test("an old model gets a budget, and room for its answer besides") {
            sent(asked("claude-haiku-4-5", Reasoning.LOW)) shouldBe "${budget(2048)} null 6144"
            sent(asked("claude-haiku-4-5", Reasoning.maxTokens(5000))) shouldBe "${budget(5000)} null 9096"
            sent(asked("claude-haiku-4-5", Reasoning.MEDIUM, 9000)) shouldBe "${budget(8192)} null 9000"
        }

        test("a budget is never smaller than Anthropic takes") {
            sent(asked("claude-haiku-4-5", Reasoning.maxTokens(5))) shouldBe "${budget(1024)} null 5120"
        }

        test("an effort leaves half of a short answer's room for the answer") {
            sent(asked("claude-haiku-4-5", Reasoning.HIGH, 4000)) shouldBe "${budget(2000)} null 4000"
            sent(asked("claude-haiku-4-5", Reasoning.HIGH, 1500)) shouldBe "${budget(1024)} null 1500"
        }

        test("a budget that leaves no room is refused with both numbers") {
            for ((reasoning, tokens) in listOf(Reasoning.maxTokens(3000) to 3000, Reasoning.LOW to 1024)) {
                val refusal = shouldThrow<NotSupportedException> { Thinking.of(asked("claude-haiku-4-5", reasoning, tokens)) }
                refusal.message!! shouldContain "maxTokens is $tokens, but thinking alone may take $tokens"
            }
        }

        test("a new model gets an effort, whatever it was asked in") {
            sent(asked("claude-opus-4-8", Reasoning.LOW)) shouldBe "$adaptive low 6144"
            sent(asked("claude-sonnet-5", Reasoning.maxTokens(10_000), 100)) shouldBe "$adaptive high 100"
            sent(asked("claude-mythos-preview", Reasoning.MEDIUM)) shouldBe "$adaptive medium 12288"
        }

        test("4.6 gets what it was asked in") {
            sent(asked("claude-opus-4-6", Reasoning.HIGH)) shouldBe "$adaptive high 20480"
            sent(asked("claude-sonnet-4-6", Reasoning.maxTokens(2000))) shouldBe "${budget(2000)} null 6096"
        }

        test("no thinking, and nothing said of it") {
            sent(asked("claude-opus-4-6", Reasoning.NONE)) shouldBe """{"type":"disabled"} null 4096"""
            sent(asked("claude-opus-4-6", null, 7)) shouldBe "null null 7"
        }

        test("a model that cannot but think is asked to think little, since it takes no other word") {
            for (model in listOf("claude-fable-5", "anthropic/claude-mythos-5", "claude-mythos-preview")) {
                sent(asked(model, Reasoning.NONE)) shouldBe "null low 6144"
                sent(asked(model, Reasoning.NONE, 900)) shouldBe "null low 900"
            }
        }

        test("which models are old") {
            val old = listOf(
                "claude-3-7-sonnet-20250219",
                "claude-3-5-haiku-latest",
                "claude-sonnet-4-20250514",
                "claude-opus-4-1-20250805",
                "us.anthropic.claude-opus-4-5-20251101-v1:0",
                "anthropic/claude-sonnet-4.5",
                "claude-haiku-4-5@20251001",
                "MiniMax-M2",
            )
            val new =
                listOf(
                    "claude-opus-4-7",
                    "anthropic/claude-opus-4.8",
                    "claude-sonnet-5",
                    "claude-opus-5-20260901",
                    "claude-fable-5",
                    "claude-next",
                )
            for (model in old) model to ModelVersion.of(model).takesEffort shouldBe (model to false)
            for (model in new) model to ModelVersion.of(model).takesBudget shouldBe (model to false)
        }

        test("an effort and a schema share their field") {
            Sent().of {
                user("Hi")
                model = "claude-opus-4-8"
                maxTokens = 4096
                reasoning = Reasoning.LOW
                responseFormat = ResponseFormat.jsonSchema("city", """{"type":"object"}""")
            } shouldBeJson
                """{"thinking":$adaptive,"output_config":{"effort":"low","format":{"type":"json_schema","schema":{"type":"object"}}}}"""
        }
    })
