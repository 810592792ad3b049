package dev.tandem.provider.openai.responses

import dev.tandem.AiClient
import dev.tandem.KEY
import dev.tandem.error.AiException
import dev.tandem.error.IncompleteStreamException
import dev.tandem.error.RateLimitedException
import dev.tandem.error.ServerException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason.Kind
import dev.tandem.model.Message
import dev.tandem.model.Reasoning
import dev.tandem.provider.openai.OpenAi
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import dev.tandem.testing.ResponsesReplies
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** Responses over real sockets; responses.wire has what the single events mean. */
class ResponsesSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())
        val client = autoClose(
            AiClient(
                OpenAi
                    .builder()
                    .apiKey(KEY)
                    .baseUrl(server.url)
                    .responses()
                    .build(),
            ) { model = "fake-1" },
        )

        suspend fun streamed(reply: Reply): ChatResponse {
            server.enqueue(reply)
            return (client.stream("Hi").toList().last() as ChatEvent.Completed).response
        }

        suspend fun whole(reply: Reply): ChatResponse {
            server.enqueue(reply)
            return client.chat(ChatRequest.builder().user("Hi").build())
        }

        test("a whole answer and a stream say the same") {
            for (response in listOf(whole(ResponsesReplies.chat("a€")), streamed(ResponsesReplies.stream("a", "€")))) {
                response.text shouldBe "a€"
                response.finishReason.kind shouldBe Kind.STOP
                response.usage.totalTokens shouldBe 5
                response.metadata["requestId"] shouldBe "req-1"
            }
        }

        test("tool calls and thoughts, whole and in pieces") {
            for (response in listOf(
                whole(ResponsesReplies.toolCall("c1", "f", """{"x":1}""")),
                streamed(ResponsesReplies.streamToolCall("c1", "f", """{"x"""", ":1}")),
            )) {
                response.toolCalls.single().run { "$id $name $arguments" } shouldBe """c1 f {"x":1}"""
                response.finishReason.kind shouldBe Kind.TOOL_CALLS
            }
            for (response in listOf(
                whole(ResponsesReplies.thinking("hm", "gAAA", "a")),
                streamed(ResponsesReplies.streamThinking("hm", "gAAA", "a")),
            )) {
                response.message.reasoning shouldBe "hm"
                response.text shouldBe "a"
            }
        }

        test("the thoughts of one turn go back in the next, as they came") {
            val answer = streamed(ResponsesReplies.streamThinking("hm", "gAAA", "a")).message
            server.enqueue(ResponsesReplies.chat("b"))
            client.chat(
                ChatRequest
                    .builder()
                    .user("Hi")
                    .message(answer)
                    .user("More")
                    .reasoning(Reasoning.LOW)
                    .build(),
            )
            val input = Json.parseToJsonElement(server.requests.last().body).jsonObject["input"]!!.jsonArray
            input.map { it.jsonObject["type"]!!.jsonPrimitive.content } shouldBe listOf("message", "reasoning", "message", "message")
            input[1].jsonObject["encrypted_content"]!!.jsonPrimitive.content shouldBe "gAAA"
            input[2].jsonObject["id"]!!.jsonPrimitive.content shouldBe "msg_1"
        }

        test("a stream that breaks off, fails or is cut says so, with what had come") {
            shouldThrow<IncompleteStreamException> { streamed(ResponsesReplies.streamWithoutEnd("a")) }.partial!!.text shouldBe "a"
            shouldThrow<ServerException> { streamed(ResponsesReplies.streamThenError("server_error", "no", "a")) }.partial!!.text shouldBe
                "a"
            shouldThrow<RateLimitedException> {
                streamed(ResponsesReplies.streamThenErrorEvent("rate_limit_exceeded", "no", "a"))
            }.partial!!.text shouldBe "a"
            streamed(ResponsesReplies.streamThenCut("max_output_tokens", "a")).finishReason.isTruncated shouldBe true
        }

        test("embeddings and models are asked for as ever, and keys stay out of errors") {
            server.enqueue(OpenAiReplies.embeddings(floatArrayOf(1f)), OpenAiReplies.models("m"))
            client.embed("a").vector.toList() shouldBe listOf(1f)
            client.models().single().id shouldBe "m"
            val refused = Reply.error(401, """{"error":{"message":"Incorrect key $KEY"}}""")
            shouldThrow<AiException> { whole(refused) }.stackTraceToString() shouldNotContain KEY
        }

        test("a message without state is sent by its parts") {
            server.enqueue(ResponsesReplies.chat("b"))
            client.chat(
                ChatRequest
                    .builder()
                    .message(Message.assistant("a"))
                    .user("Hi")
                    .build(),
            )
            server.requests.last().body shouldNotContain "output_text"
        }
    })
