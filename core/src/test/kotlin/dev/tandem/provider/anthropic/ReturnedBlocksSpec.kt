package dev.tandem.provider.anthropic

import dev.tandem.AiClient
import dev.tandem.KEY
import dev.tandem.chat
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Message
import dev.tandem.testing.AnthropicReplies
import dev.tandem.testing.AnthropicReplies.event
import dev.tandem.testing.FakeServer
import dev.tandem.testing.Reply
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.last
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject

/** An answer goes back as it came: every block, in its place, word for word. */
class ReturnedBlocksSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())
        val client = autoClose(
            AiClient(
                Anthropic
                    .builder()
                    .apiKey(KEY)
                    .baseUrl(server.url)
                    .build(),
            ),
        )

        suspend fun streamed(reply: Reply): ChatResponse {
            server.enqueue(reply)
            return (client.stream("Hi").last() as ChatEvent.Completed).response
        }

        suspend fun whole(reply: Reply): ChatResponse {
            server.enqueue(reply)
            return client.chat(ChatRequest.of("Hi"))
        }

        /** What Anthropic sees of [answer] in the next turn. */
        suspend fun returned(answer: ChatResponse): JsonElement? {
            server.enqueue(AnthropicReplies.chat("ok"))
            client.chat {
                user("Hi")
                message(answer.message)
                user("Go on")
            }
            val turns = Json
                .parseToJsonElement(server.requests.last().body)
                .jsonObject
                .getValue("messages")
                .jsonArray
            return turns[1].jsonObject["content"]
        }

        infix fun JsonElement?.shouldBeBlocks(json: String) {
            this shouldBe Json.parseToJsonElement(json)
        }

        fun start(index: Int, block: String) =
            event("content_block_start", """{"type":"content_block_start","index":$index,"content_block":$block}""")

        fun delta(index: Int, delta: String) =
            event("content_block_delta", """{"type":"content_block_delta","index":$index,"delta":$delta}""")

        val stop = event("message_stop", """{"type":"message_stop"}""")

        fun stream(vararg events: String) = Reply.stream(events.toList() + stop)

        test("thoughts with their signature, whole and streamed") {
            val blocks = """[{"type":"thinking","thinking":"hm","signature":"EqQB"},{"type":"text","text":"ab"}]"""
            returned(whole(AnthropicReplies.thinking("hm", "EqQB", "ab"))) shouldBeBlocks blocks
            returned(streamed(AnthropicReplies.streamThinking("hm", "EqQB", "a", "b"))) shouldBeBlocks blocks
        }

        test("thoughts that only Anthropic can read, or that it kept back") {
            returned(streamed(AnthropicReplies.streamRedactedThinking("EmwK", "a"))) shouldBeBlocks
                """[{"type":"redacted_thinking","data":"EmwK"},{"type":"text","text":"a"}]"""
            returned(streamed(AnthropicReplies.streamThinking("", "EqQB", "a"))) shouldBeBlocks
                """[{"type":"thinking","thinking":"","signature":"EqQB"},{"type":"text","text":"a"}]"""
        }

        test("thoughts between the calls stay between the calls") {
            val answer = streamed(
                stream(
                    start(0, """{"type":"thinking","thinking":"","signature":""}"""),
                    delta(0, """{"type":"thinking_delta","thinking":"one"}"""),
                    delta(0, """{"type":"signature_delta","signature":"s1"}"""),
                    start(1, """{"type":"tool_use","id":"t1","name":"f","input":{},"caller":{"type":"direct"}}"""),
                    delta(1, """{"type":"input_json_delta","partial_json":"{\"a\": 1.0}"}"""),
                    start(2, """{"type":"thinking","thinking":"two","signature":""}"""),
                    delta(2, """{"type":"signature_delta","signature":"s2"}"""),
                    start(3, """{"type":"tool_use","id":"t2","name":"g","input":{"b":2}}"""),
                ),
            )
            answer.message.reasoning shouldBe "onetwo"
            answer.toolCalls.map { it.id } shouldBe listOf("t1", "t2")
            returned(answer) shouldBeBlocks
                """[{"type":"thinking","thinking":"one","signature":"s1"},
                {"type":"tool_use","id":"t1","name":"f","input":{"a":1.0},"caller":{"type":"direct"}},
                {"type":"thinking","thinking":"two","signature":"s2"},{"type":"tool_use","id":"t2","name":"g","input":{"b":2}}]"""
        }

        test("searches, citations and whatever else this library has no name for") {
            val answer = streamed(
                stream(
                    start(0, """{"type":"server_tool_use","id":"s","name":"web_search","input":{}}"""),
                    delta(0, """{"type":"input_json_delta","partial_json":"{\"query\":"}"""),
                    delta(0, """{"type":"input_json_delta","partial_json":"\"cats\"}"}"""),
                    start(1, """{"type":"web_search_tool_result","tool_use_id":"s","content":[{"encrypted_content":"x"}]}"""),
                    start(2, """{"type":"text","text":"","citations":[]}"""),
                    delta(2, """{"type":"text_delta","text":"a"}"""),
                    delta(2, """{"type":"citations_delta","citation":{"cited_text":"c"}}"""),
                    start(3, """{"type":"compaction","content":null}"""),
                    delta(3, """{"type":"compaction_delta","content":"all so far"}"""),
                ),
            )
            returned(answer) shouldBeBlocks
                """[{"type":"server_tool_use","id":"s","name":"web_search","input":{"query":"cats"}},
                {"type":"web_search_tool_result","tool_use_id":"s","content":[{"encrypted_content":"x"}]},
                {"type":"text","text":"a","citations":[{"cited_text":"c"}]},{"type":"compaction","content":"all so far"}]"""
        }

        test("a blank text is left out, since Anthropic refuses its own") {
            returned(
                streamed(stream(start(0, """{"type":"text","text":"\n\n"}"""), start(1, """{"type":"redacted_thinking","data":"x"}"""))),
            ) shouldBeBlocks """[{"type":"redacted_thinking","data":"x"}]"""
        }

        test("a call that was cut short goes back as an object all the same") {
            returned(
                streamed(
                    stream(
                        start(0, """{"type":"tool_use","id":"t","name":"f","input":{}}"""),
                        delta(0, """{"type":"input_json_delta","partial_json":"{\"a\":"}"""),
                    ),
                ),
            ) shouldBeBlocks """[{"type":"tool_use","id":"t","name":"f","input":{"INVALID_JSON":"{\"a\":"}}]"""
        }

        test("text alone needs no state") {
            streamed(AnthropicReplies.stream("a", "b")).message shouldBe Message.assistant("ab")
            whole(AnthropicReplies.chat("ab")).message shouldBe Message.assistant("ab")
        }
    })
