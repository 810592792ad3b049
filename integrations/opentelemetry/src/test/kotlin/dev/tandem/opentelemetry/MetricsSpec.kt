package dev.tandem.opentelemetry

import dev.tandem.error.ErrorDetails
import dev.tandem.error.OverloadedException
import dev.tandem.model.Usage
import dev.tandem.pipeline.CallEvent
import dev.tandem.telemetry.PROMPT
import dev.tandem.telemetry.anotherAttemptAt
import dev.tandem.telemetry.answer
import dev.tandem.telemetry.hedgeOf
import dev.tandem.telemetry.playing
import dev.tandem.telemetry.streamed
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.doubles.shouldBeGreaterThan
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.toList
import kotlin.time.Duration.Companion.milliseconds

class MetricsSpec :
    FunSpec({
        val chat = mapOf<String, Any>(
            "gen_ai.operation.name" to "chat",
            "gen_ai.provider.name" to "openai",
            "gen_ai.request.model" to "gpt-4o-mini",
        )

        test("each call is in the durations, with the type of its failure") {
            val recorded = Recorded()
            val listener = OpenTelemetryListener.of(recorded.sdk)
            playing(listener).generate(PROMPT)
            playing(listener).generate(PROMPT)
            shouldThrow<OverloadedException> {
                playing(listener) { throw OverloadedException("no", ErrorDetails.NONE) }.generate(PROMPT)
            }
            val points = recorded.points("gen_ai.client.operation.duration").associateBy { it.attributes.plain() }
            points.mapValues { it.value.count } shouldBe mapOf(
                chat + ("gen_ai.response.model" to "gpt-4o-mini-2024-07-18") to 2L,
                chat + ("error.type" to "dev.tandem.error.OverloadedException") to 1L,
            )
            points.values.forEach { it.sum shouldBeGreaterThan 0.0 }
            recorded.metric("gen_ai.client.operation.duration")!!.unit shouldBe "s"
        }

        test("buckets are those of the conventions") {
            val recorded = Recorded()
            val client = playing(OpenTelemetryListener.of(recorded.sdk)) { call ->
                call.tell(CallEvent.Returned(1.milliseconds, Usage.of(1, 1), null))
                streamed()
            }
            client.stream(PROMPT).toList()
            val seconds = listOf(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92)
            recorded.points("gen_ai.client.operation.duration").single().boundaries shouldContainExactly seconds
            recorded.points("gen_ai.client.operation.time_to_first_chunk").single().boundaries shouldContainExactly seconds
            recorded.points("gen_ai.client.token.usage").first().boundaries shouldContainExactly
                generateSequence(1.0) { it * 4 }.take(14).toList()
        }

        test("only streams have a first chunk") {
            val recorded = Recorded()
            playing(OpenTelemetryListener.of(recorded.sdk)).generate(PROMPT)
            recorded.metric("gen_ai.client.operation.time_to_first_chunk").shouldBeNull()
            playing(OpenTelemetryListener.of(recorded.sdk)) { streamed() }.stream(PROMPT).toList()
            recorded
                .points("gen_ai.client.operation.time_to_first_chunk")
                .single()
                .attributes
                .plain() shouldBe chat
        }

        test("tokens of every attempt are counted, since all are paid for, and none where none are told") {
            val recorded = Recorded()
            val client = playing(OpenTelemetryListener.of(recorded.sdk)) { call ->
                call.tell(CallEvent.Returned(1.milliseconds, Usage.of(12, 5), null))
                hedgeOf(call).tell(CallEvent.Returned(1.milliseconds, Usage.of(12, 4), null))
                anotherAttemptAt(call).tell(CallEvent.Returned(1.milliseconds, Usage.NONE, OverloadedException("no", ErrorDetails.NONE)))
                answer()
            }
            client.generate(PROMPT)
            recorded.points("gen_ai.client.token.usage").associate { it.attributes.plain() to (it.count to it.sum) } shouldBe mapOf(
                chat + ("gen_ai.token.type" to "input") to (2L to 24.0),
                chat + ("gen_ai.token.type" to "output") to (2L to 9.0),
            )
            recorded.metric("gen_ai.client.token.usage")!!.unit shouldBe "{token}"
        }
    })
