package dev.tandem.opentelemetry

import dev.tandem.error.ErrorDetails
import dev.tandem.error.OverloadedException
import dev.tandem.model.Usage
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.CircuitState
import dev.tandem.telemetry.PROMPT
import dev.tandem.telemetry.anotherAttemptAt
import dev.tandem.telemetry.answer
import dev.tandem.telemetry.hedgeOf
import dev.tandem.telemetry.playing
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import io.opentelemetry.api.trace.SpanKind
import io.opentelemetry.api.trace.StatusCode
import kotlinx.coroutines.CancellationException
import kotlin.time.Duration.Companion.milliseconds

class AttemptsSpec :
    FunSpec({
        val overloaded = OverloadedException(PROMPT, ErrorDetails.builder().status(529).build())

        fun returned(error: Throwable?, usage: Usage = Usage.NONE) = CallEvent.Returned(7.milliseconds, usage, error)

        test("each attempt is a span below its call's, and one that failed says so") {
            val recorded = Recorded()
            val client = playing(OpenTelemetryListener.of(recorded.sdk)) { call ->
                call.tell(CallEvent.Sent)
                call.tell(returned(overloaded))
                call.tell(CallEvent.Retrying(20.milliseconds, overloaded))
                val second = anotherAttemptAt(call)
                second.tell(CallEvent.Sent)
                second.tell(returned(null, Usage.of(12, 5)))
                answer()
            }
            client.generate(PROMPT)
            val (first, second) = recorded.attempts.also { it shouldHaveSize 2 }
            for (attempt in recorded.attempts) {
                attempt.parentSpanId shouldBe recorded.call.spanId
                attempt.traceId shouldBe recorded.call.traceId
                attempt.name shouldBe "attempt openai"
                attempt.kind shouldBe SpanKind.INTERNAL
            }
            first.status.statusCode shouldBe StatusCode.ERROR
            first.attributes.get(GenAi.ERROR_TYPE) shouldBe "dev.tandem.error.OverloadedException"
            first.attributes.get(GenAi.STATUS_CODE) shouldBe 529L
            second.status.statusCode shouldBe StatusCode.UNSET
            second.attributes.plain() shouldBe mapOf(
                "gen_ai.provider.name" to "openai",
                "gen_ai.request.model" to "gpt-4o-mini",
                "tandem.attempt" to 2L,
                "tandem.attempt.is_hedge" to false,
                "tandem.attempt.input_tokens" to 12L,
                "tandem.attempt.output_tokens" to 5L,
            )
            val retry = recorded.call.events.single()
            retry.name shouldBe "tandem.retry"
            retry.attributes.plain() shouldBe
                mapOf("error.type" to "dev.tandem.error.OverloadedException", "tandem.millis" to 20L)
            recorded.call.status.statusCode shouldBe StatusCode.UNSET
        }

        test("a hedge's loser is given up, and has not failed") {
            val recorded = Recorded()
            val client = playing(OpenTelemetryListener.of(recorded.sdk)) { call ->
                val hedge = hedgeOf(call)
                call.tell(CallEvent.Sent)
                call.tell(CallEvent.Hedged)
                hedge.tell(CallEvent.Sent)
                hedge.tell(returned(null))
                call.tell(returned(CancellationException("the other was faster")))
                answer()
            }
            client.generate(PROMPT)
            val (winner, loser) = recorded.attempts
            winner.attributes.get(Tandem.IS_HEDGE) shouldBe true
            winner.attributes.get(GenAi.ERROR_TYPE).shouldBeNull()
            loser.attributes.get(Tandem.IS_HEDGE) shouldBe false
            loser.attributes.get(GenAi.ERROR_TYPE) shouldBe "cancelled"
            loser.status.statusCode shouldBe StatusCode.UNSET
            recorded.call.events.map { it.name } shouldContainExactly listOf("tandem.hedge")
        }

        test("what else happens on the way is an event of the call's span") {
            val recorded = Recorded()
            val client = playing(OpenTelemetryListener.of(recorded.sdk)) { call ->
                call.tell(CallEvent.Waited(30.milliseconds))
                call.tell(CallEvent.CacheFailed(overloaded))
                call.tell(CallEvent.LimitsNotShared(overloaded))
                call.tell(CallEvent.CircuitChanged("openai", CircuitState.HALF_OPEN))
                call.tell(CallEvent.FellBack("openai", "anthropic", overloaded))
                call.tell(CallEvent.CacheHit)
                answer()
            }
            client.generate(PROMPT)
            val type = "dev.tandem.error.OverloadedException"
            recorded.call.events.associate { it.name to it.attributes.plain() } shouldBe mapOf(
                "tandem.wait" to mapOf("tandem.millis" to 30L),
                "tandem.cache.failure" to mapOf("error.type" to type),
                "tandem.limits.not_shared" to mapOf("error.type" to type),
                "tandem.circuit" to mapOf("tandem.target" to "openai", "tandem.circuit.state" to "half_open"),
                "tandem.fallback" to mapOf("tandem.from" to "openai", "tandem.to" to "anthropic", "error.type" to type),
                "tandem.cache.hit" to emptyMap<String, Any>(),
            )
            recorded.call.attributes.get(Tandem.IS_CACHED) shouldBe true
        }

        test("nothing stays behind when a call has ended, not even attempts that nobody waits for") {
            val recorded = Recorded()
            val listener = OpenTelemetryListener.of(recorded.sdk)
            var seen: Call<*>? = null
            var underWay = 0
            playing(listener) { call ->
                seen = call
                underWay = listener.callsUnderWay
                call.tell(CallEvent.Sent)
                answer()
            }.generate(PROMPT)
            underWay shouldBe 1
            listener.callsUnderWay shouldBe 0
            recorded.attempts shouldHaveSize 1
            val late = anotherAttemptAt(seen!!)
            late.tell(CallEvent.Sent)
            late.tell(returned(null))
            late.tell(CallEvent.Hedged)
            listener.callsUnderWay shouldBe 0
            recorded.spans shouldHaveSize 2
        }
    })
