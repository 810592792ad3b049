package dev.tandem.micrometer

import dev.tandem.accounting.Price
import dev.tandem.accounting.Prices
import dev.tandem.error.ErrorDetails
import dev.tandem.error.OverloadedException
import dev.tandem.model.Usage
import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.CircuitState
import dev.tandem.telemetry.PROMPT
import dev.tandem.telemetry.anotherAttemptAt
import dev.tandem.telemetry.answer
import dev.tandem.telemetry.hedgeOf
import dev.tandem.telemetry.playing
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.maps.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.micrometer.core.instrument.simple.SimpleMeterRegistry
import kotlinx.coroutines.CancellationException
import java.util.concurrent.TimeUnit
import kotlin.time.Duration.Companion.milliseconds

class AttemptMetersSpec :
    FunSpec({
        val overloaded = OverloadedException(PROMPT, ErrorDetails.NONE)
        val who = "model=gpt-4o-mini operation=chat"

        fun returned(usage: Usage, error: Throwable? = null) = CallEvent.Returned(40.milliseconds, usage, error)

        test("each attempt is timed by how it ends, and hedges are told from others") {
            val registry = SimpleMeterRegistry()
            playing(MicrometerListener.of(registry)) { call ->
                call.tell(returned(Usage.NONE, overloaded))
                anotherAttemptAt(call).tell(returned(Usage.NONE, CancellationException("the other was faster")))
                hedgeOf(anotherAttemptAt(call)).tell(returned(Usage.of(12, 5)))
                answer()
            }.generate(PROMPT)
            registry.read("tandem.attempts") shouldBe mapOf(
                "error=OverloadedException hedge=false $who outcome=failure provider=openai" to 1.0,
                "error=none hedge=false $who outcome=cancelled provider=openai" to 1.0,
                "error=none hedge=true $who outcome=success provider=openai" to 1.0,
            )
            registry
                .get("tandem.attempts")
                .tag("hedge", "true")
                .timer()
                .totalTime(TimeUnit.MILLISECONDS) shouldBe 40.0
        }

        test("tokens of all attempts are counted, and those that are among others apart") {
            val registry = SimpleMeterRegistry()
            playing(MicrometerListener.of(registry)) { call ->
                call.tell(returned(Usage.of(12, 5)))
                hedgeOf(call).tell(returned(Usage.of(10, 4).withCachedInput(8).withReasoning(3)))
                anotherAttemptAt(call).tell(returned(Usage.NONE, overloaded))
                answer()
            }.generate(PROMPT)
            registry.read("tandem.tokens") shouldBe
                mapOf("$who provider=openai type=input" to 22.0, "$who provider=openai type=output" to 9.0)
            registry.read("tandem.tokens.detail") shouldBe
                mapOf("$who provider=openai type=cached_input" to 8.0, "$who provider=openai type=reasoning" to 3.0)
        }

        test("costs are those of the prices given, and none where there is none") {
            val registry = SimpleMeterRegistry()
            val prices = Prices.NONE.with("gpt-4o-mini", Price(2.0, 8.0))
            playing(MicrometerListener.builder(registry).prices(prices).build()) { call ->
                call.tell(returned(Usage.of(1_000, 500)))
                answer()
            }.generate(PROMPT)
            registry.read("tandem.cost").getValue("$who provider=openai") shouldBe (0.006 plusOrMinus 1e-9)
            val other = SimpleMeterRegistry()
            playing(MicrometerListener.builder(other).prices(Prices.NONE).build()) { call ->
                call.tell(returned(Usage.of(1_000, 500)))
                answer()
            }.generate(PROMPT)
            other.read("tandem.cost").shouldBeEmpty()
        }

        test("what is done to have a call answered is counted") {
            val registry = SimpleMeterRegistry()
            playing(MicrometerListener.of(registry)) { call ->
                call.tell(CallEvent.Retrying(1.milliseconds, overloaded))
                call.tell(CallEvent.Retrying(1.milliseconds, overloaded))
                call.tell(CallEvent.Hedged)
                call.tell(CallEvent.FellBack("openai", "anthropic", overloaded))
                call.tell(CallEvent.CacheHit)
                call.tell(CallEvent.CacheFailed(overloaded))
                call.tell(CallEvent.LimitsNotShared(overloaded))
                call.tell(CallEvent.Waited(30.milliseconds))
                answer()
            }.generate(PROMPT)
            val failed = "error=OverloadedException"
            registry.read("tandem.retries") shouldBe mapOf("$failed $who provider=openai" to 2.0)
            registry.read("tandem.hedges") shouldBe mapOf("$who provider=openai" to 1.0)
            registry.read("tandem.fallbacks") shouldBe mapOf("$failed from=openai to=anthropic" to 1.0)
            registry.read("tandem.cache.hits") shouldBe mapOf("$who provider=openai" to 1.0)
            registry.read("tandem.cache.failures") shouldBe mapOf("$failed $who provider=openai" to 1.0)
            registry.read("tandem.limits.not.shared") shouldBe mapOf("$failed $who provider=openai" to 1.0)
            registry.get("tandem.waits").timer().totalTime(TimeUnit.MILLISECONDS) shouldBe 30.0
        }

        test("a circuit breaker shows what it thinks, and how often it thought anew") {
            val registry = SimpleMeterRegistry()
            val seen = mutableListOf<Double>()
            playing(MicrometerListener.of(registry)) { call ->
                for (state in listOf(CircuitState.OPEN, CircuitState.HALF_OPEN, CircuitState.OPEN, CircuitState.CLOSED)) {
                    call.tell(CallEvent.CircuitChanged("openai", state))
                    seen += registry.read("tandem.circuit").getValue("provider=openai")
                }
                answer()
            }.generate(PROMPT)
            seen shouldBe listOf(2.0, 1.0, 2.0, 0.0)
            registry.read("tandem.circuit.changes") shouldBe mapOf(
                "provider=openai state=open" to 2.0,
                "provider=openai state=half_open" to 1.0,
                "provider=openai state=closed" to 1.0,
            )
        }
    })
