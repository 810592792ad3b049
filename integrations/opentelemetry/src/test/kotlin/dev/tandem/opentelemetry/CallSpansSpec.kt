package dev.tandem.opentelemetry

import dev.tandem.chat
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.Embedding
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.Message
import dev.tandem.model.ModelInfo
import dev.tandem.model.ResponseFormat
import dev.tandem.model.Usage
import dev.tandem.provider.gemini.Gemini
import dev.tandem.telemetry.PROMPT
import dev.tandem.telemetry.answer
import dev.tandem.telemetry.playing
import dev.tandem.telemetry.streamed
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.shouldBeGreaterThanOrEqual
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.opentelemetry.api.trace.SpanKind
import io.opentelemetry.api.trace.StatusCode
import kotlinx.coroutines.flow.toList

class CallSpansSpec :
    FunSpec({
        test("a chat is one span with what was asked for and what came, but not what was said") {
            val recorded = Recorded()
            playing(OpenTelemetryListener.of(recorded.sdk)).chat {
                user(PROMPT)
                temperature = 0.5
                topP = 0.9
                topK = 7
                maxTokens = 10
                stop("END")
                seed = 42
                frequencyPenalty = 0.1
                presencePenalty = 0.2
                responseFormat = ResponseFormat.JSON
                conversation = "c-1"
            }
            val span = recorded.spans.single()
            span.name shouldBe "chat gpt-4o-mini"
            span.kind shouldBe SpanKind.CLIENT
            span.status.statusCode shouldBe StatusCode.UNSET
            span.parentSpanContext.isValid shouldBe false
            span.instrumentationScopeInfo.name shouldBe "dev.tandem"
            span.attributes.plain() shouldBe mapOf(
                "gen_ai.operation.name" to "chat",
                "gen_ai.provider.name" to "openai",
                "gen_ai.request.model" to "gpt-4o-mini",
                "gen_ai.request.temperature" to 0.5,
                "gen_ai.request.top_p" to 0.9,
                "gen_ai.request.top_k" to 7L,
                "gen_ai.request.max_tokens" to 10L,
                "gen_ai.request.stop_sequences" to listOf("END"),
                "gen_ai.request.seed" to 42L,
                "gen_ai.request.frequency_penalty" to 0.1,
                "gen_ai.request.presence_penalty" to 0.2,
                "gen_ai.output.type" to "json",
                "gen_ai.conversation.id" to "c-1",
                "gen_ai.response.id" to "chatcmpl-1",
                "gen_ai.response.model" to "gpt-4o-mini-2024-07-18",
                "gen_ai.response.finish_reasons" to listOf("stop"),
                "gen_ai.usage.input_tokens" to 12L,
                "gen_ai.usage.output_tokens" to 5L,
            )
        }

        test("it is a child of the span that is current where the call is made") {
            val recorded = Recorded()
            val parent = recorded.sdk
                .getTracer("test")
                .spanBuilder("request")
                .startSpan()
            parent.makeCurrent().use { playing(OpenTelemetryListener.of(recorded.sdk)).generate(PROMPT) }
            recorded.call.parentSpanId shouldBe parent.spanContext.spanId
            recorded.call.traceId shouldBe parent.spanContext.traceId
        }

        test("a stream is a chat that says so, and how long its first chunk took") {
            val recorded = Recorded()
            playing(OpenTelemetryListener.of(recorded.sdk)) { streamed() }.stream(PROMPT).toList()
            val span = recorded.call
            span.name shouldBe "chat gpt-4o-mini"
            span.attributes.get(GenAi.STREAM) shouldBe true
            span.attributes.get(GenAi.FIRST_CHUNK).shouldNotBeNull() shouldBeGreaterThanOrEqual 0.0
            span.attributes.get(GenAi.RESPONSE_ID) shouldBe "chatcmpl-1"
        }

        test("embeddings have their model, their size and their tokens") {
            val recorded = Recorded()
            val client = playing(OpenTelemetryListener.of(recorded.sdk)) {
                EmbeddingResponse("text-embedding-3-small", listOf(Embedding(floatArrayOf(1f))), Usage.of(3, 0))
            }
            client.embed(
                EmbeddingRequest
                    .builder()
                    .input(PROMPT)
                    .dimensions(256)
                    .build(),
            )
            recorded.call.name shouldBe "embeddings text-embedding-3-small"
            recorded.call.attributes.plain() shouldBe mapOf(
                "gen_ai.operation.name" to "embeddings",
                "gen_ai.provider.name" to "openai",
                "gen_ai.request.model" to "text-embedding-3-small",
                "gen_ai.embeddings.dimension.count" to 256L,
                "gen_ai.response.model" to "text-embedding-3-small",
                "gen_ai.usage.input_tokens" to 3L,
                "gen_ai.usage.output_tokens" to 0L,
            )
        }

        test("what no model answers has none, whatever model the client would ask") {
            val recorded = Recorded()
            playing(OpenTelemetryListener.of(recorded.sdk)) { ModelInfo("m", "o") }.models()
            recorded.call.name shouldBe "models"
            recorded.call.attributes
                .get(GenAi.MODEL)
                .shouldBeNull()
        }

        test("providers go by the names of the conventions") {
            val recorded = Recorded()
            playing(OpenTelemetryListener.of(recorded.sdk), Gemini("key")).generate(PROMPT)
            recorded.call.attributes.get(GenAi.PROVIDER) shouldBe "gcp.gemini"
        }

        test("tokens that are among others are told, and those of a provider that tells none are not") {
            val recorded = Recorded()
            val listener = OpenTelemetryListener.of(recorded.sdk)
            playing(listener) {
                answer(
                    Usage
                        .of(9, 8)
                        .withCachedInput(7)
                        .withCacheWrite(6)
                        .withReasoning(5),
                )
            }.generate(PROMPT)
            playing(listener) { answer(Usage.NONE) }.generate(PROMPT)
            val (told, untold) = recorded.calls.map { it.attributes }
            told.get(GenAi.CACHE_READ_TOKENS) shouldBe 7L
            told.get(GenAi.CACHE_CREATION_TOKENS) shouldBe 6L
            told.get(GenAi.REASONING_TOKENS) shouldBe 5L
            untold.get(GenAi.INPUT_TOKENS).shouldBeNull()
            untold.get(GenAi.OUTPUT_TOKENS).shouldBeNull()
        }

        test("every answer has its reason to end, in the words of the conventions") {
            val recorded = Recorded()
            val other = ChatResponse.builder(Message.assistant("b")).finishReason(FinishReason.LENGTH).build()
            val odd = ChatResponse.builder(Message.assistant("c")).finishReason(FinishReason.of(FinishReason.Kind.UNKNOWN, "bored")).build()
            val first = ChatResponse
                .builder(
                    Message.assistant("a"),
                ).finishReason(FinishReason.TOOL_CALLS)
                .alternative(other)
                .alternative(odd)
            playing(OpenTelemetryListener.of(recorded.sdk)) { ChatEvent.Completed(first.build()) }.stream(PROMPT).toList()
            recorded.call.attributes.get(GenAi.FINISH_REASONS) shouldBe listOf("tool_call", "length", "bored")
            recorded.call.attributes
                .get(GenAi.RESPONSE_ID)
                .shouldBeNull()
        }
    })
