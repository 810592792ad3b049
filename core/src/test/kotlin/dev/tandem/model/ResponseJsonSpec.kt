package dev.tandem.model

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.jsonObject

class ResponseJsonSpec :
    StringSpec({
        "a response is read again as it was" {
            val message = Message
                .assistant("text\u2028", listOf(ToolCall("c1", "f", "{\"a\":1}")), "thoughts")
                .withProviderState(ProviderState("anthropic", JsonPrimitive("state")))
            val response = ChatResponse
                .builder(message)
                .id("r1")
                .model("m")
                .finishReason(FinishReason.TOOL_CALLS)
                .usage(
                    Usage
                        .of(1, 2)
                        .withCachedInput(3)
                        .withReasoning(4)
                        .withCacheWrite(5),
                ).metadata("requestId", "q")
                .alternative(ChatResponse.builder(Message.assistant("other")).build())
                .build()
            val again = ResponseJson.read(Json.parseToJsonElement(ResponseJson.of(response).toString()).jsonObject)
            again.message shouldBe message
            again.message.providerState?.owner shouldBe "anthropic"
            again.message.reasoning shouldBe "thoughts"
            again.usage shouldBe response.usage
            again.finishReason shouldBe FinishReason.TOOL_CALLS
            again.metadata shouldBe response.metadata
            again.alternatives.single().text shouldBe "other"
            again.toString() shouldBe response.toString()
        }
    })
