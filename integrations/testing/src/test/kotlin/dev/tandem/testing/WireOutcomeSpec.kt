package dev.tandem.testing

import dev.tandem.error.ErrorDetails
import dev.tandem.error.IncompleteStreamException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.Message
import dev.tandem.model.ModelInfo
import dev.tandem.model.ToolCall
import dev.tandem.model.Usage
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

class WireOutcomeSpec :
    FunSpec({
        val answer = ChatResponse
            .builder(Message.assistant("a\n", listOf(ToolCall("id", "f", "{}")), ""))
            .finishReason(FinishReason.of(FinishReason.Kind.STOP, "the end"))
            .id("c")
            .metadata("region", "west")

        fun lines(vararg items: Any, failure: Throwable? = null, expected: List<String> = emptyList()) =
            WireOutcome(items.toList(), failure).lines(expected)

        test("events, one line each, on one line each") {
            lines(
                ChatEvent.Text(" a\n"),
                ChatEvent.Reasoning("hm "),
                ChatEvent.Refusal("no\r"),
                ChatEvent.ToolCallDelta(0, "id", "f", ""),
                ChatEvent.UsageUpdate(Usage.of(3, 0).withReasoning(1)),
                ChatEvent.UsageUpdate(Usage.NONE),
            ) shouldBe listOf(
                "= text ␠a⏎",
                "= reasoning hm␠",
                "= refusal no␍",
                "= tool 0 id=id name=f",
                "= usage in=3 reasoning=1",
                "= usage none",
            )
        }

        test("an end tells what is asked, and what the pieces did not") {
            val asked = listOf("= end STOP id=c region=east other=x")
            lines(ChatEvent.Text("a\n"), ChatEvent.Completed(answer.build()), expected = asked) shouldBe
                listOf("= text a⏎", "= end STOP raw=\"the end\" id=c region=west other=none", "= call id f {}")
            lines(ChatEvent.Completed(answer.build())).first() shouldBe "= whole a⏎"
        }

        test("a whole answer and a model") {
            lines(answer.usage(Usage.of(1, 2)).build(), ModelInfo("m", "")) shouldBe
                listOf("= text a⏎", "= usage in=1 out=2", "= end STOP raw=\"the end\"", "= call id f {}", "= model m owner=\"\"")
        }

        test("a failure tells what is asked, or else what is known") {
            val details = ErrorDetails
                .builder()
                .status(200)
                .partial(answer.build())
                .build()
            val failure = IncompleteStreamException("it broke: \"x\"", details, null)
            lines(failure = failure, expected = listOf("! Any partial=\"b\" says=\"broke\" excerpt=\"no\"")) shouldBe
                listOf("! IncompleteStreamException partial=\"a⏎\" says=\"broke\" excerpt=none")
            lines(failure = failure) shouldBe
                listOf(
                    "! IncompleteStreamException status=200 code=none retryAfter=none retryable=true partial=\"a⏎\" says=\"it broke: 'x'\"",
                )
            lines(failure = IllegalStateException("closed")) shouldBe listOf("! java.lang.IllegalStateException: closed")
        }
    })
