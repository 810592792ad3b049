package dev.tandem.provider.openai

import dev.tandem.model.ChatEvent.Completed
import dev.tandem.model.ChatEvent.ToolCallDelta
import dev.tandem.model.FinishReason
import dev.tandem.model.ToolCall
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe

/** Tool calls come in pieces too, and every server cuts them its own way. */
class ToolCallStreamSpec :
    FunSpec({
        test("tool calls come in pieces") {
            val body =
                calls("""{"index":0,"id":"a","function":{"name":"f","arguments":""}}""") +
                    calls("""{"index":0,"function":{"arguments":"{\"x\""}}""") + calls("""{"index":0,"function":{"arguments":":1}"}}""") +
                    delta("{}", "tool_calls") + done
            val events = events(body)
            events.dropLast(1) shouldContainExactly
                listOf(ToolCallDelta(0, "a", "f", ""), ToolCallDelta(0, "a", "f", "{\"x\""), ToolCallDelta(0, "a", "f", ":1}"))
            val response = (events.last() as Completed).response
            response.toolCalls shouldBe listOf(ToolCall("a", "f", "{\"x\":1}"))
            response.finishReason shouldBe FinishReason.TOOL_CALLS
        }

        test("tool calls interleaved, with a reused index, with a repeated or missing id, with arguments as an object") {
            toolCalls(
                """{"index":0,"id":"a","function":{"name":"f","arguments":"1"}}""",
                """{"index":1,"id":"b","function":{"name":"g","arguments":"3"}}""",
                """{"index":0,"function":{"arguments":"2"}}""",
                """{"index":1,"function":{"arguments":"4"}}""",
            ) shouldBe listOf(ToolCall("a", "f", "12"), ToolCall("b", "g", "34"))
            toolCalls(
                """{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}""",
                """{"index":0,"id":"b","function":{"name":"f","arguments":"{}"}}""",
            ) shouldBe
                listOf(ToolCall("a", "f", "{}"), ToolCall("b", "f", "{}"))
            toolCalls(
                """{"index":0,"id":"a","function":{"name":"f","arguments":"1"}}""",
                """{"index":0,"id":"a","function":{"name":"","arguments":"2"}}""",
                """{"index":0,"id":"","function":{"name":null,"arguments":"3"}}""",
            ) shouldBe
                listOf(ToolCall("a", "f", "123"))
            toolCalls("""{"function":{"name":"f","arguments":{"x":1}}}""") shouldBe listOf(ToolCall("call_0", "f", "{\"x\":1}"))
        }

        test("a stop with tool calls pending is a finish for tools") {
            answer(calls("""{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}""") + stop + done).finishReason shouldBe
                FinishReason.TOOL_CALLS
        }
    })
