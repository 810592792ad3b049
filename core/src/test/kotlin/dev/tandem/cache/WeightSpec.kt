package dev.tandem.cache

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.Embedding
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.Message
import dev.tandem.model.ProviderState
import dev.tandem.model.ToolCall
import dev.tandem.model.Usage
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.longs.shouldBeInRange
import kotlinx.serialization.json.JsonPrimitive

class WeightSpec :
    FunSpec({
        val long = "x".repeat(1_000)

        fun response(message: Message) = ChatResponse.builder(message)

        test("whatever is long is heavy") {
            val heavy = listOf(
                ChatEvent.Text(long),
                ChatEvent.Reasoning(long),
                ChatEvent.Refusal(long),
                ChatEvent.ToolCallDelta(0, "", "", long),
                ChatEvent.Raw("", long),
                response(Message.assistant(long)).build(),
                response(Message.assistant("", emptyList(), long)).build(),
                response(Message.assistant("", listOf(ToolCall("id", "name", long)), "")).build(),
                response(Message.assistant("").withProviderState(ProviderState("fake", JsonPrimitive(long)))).build(),
                response(Message.assistant("")).metadata("name", long).build(),
                response(Message.assistant("")).alternative(response(Message.assistant(long)).build()).build(),
                ChatEvent.Completed(response(Message.assistant(long)).build()),
                EmbeddingResponse("", listOf(Embedding(FloatArray(250))), Usage.NONE),
            )
            heavy.forEach { withClue(it) { weightOf(it) shouldBeInRange 1_000L..1_300L } }
        }
    })
