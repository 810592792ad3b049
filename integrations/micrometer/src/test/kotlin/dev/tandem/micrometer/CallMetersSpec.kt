package dev.tandem.micrometer

import dev.tandem.error.ErrorDetails
import dev.tandem.error.OverloadedException
import dev.tandem.model.ModelInfo
import dev.tandem.telemetry.PROMPT
import dev.tandem.telemetry.playing
import dev.tandem.telemetry.streamed
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import io.micrometer.core.instrument.simple.SimpleMeterRegistry
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest

class CallMetersSpec :
    FunSpec({
        val overloaded = OverloadedException(PROMPT, ErrorDetails.NONE)
        val who = "model=gpt-4o-mini operation=chat"

        test("calls are timed by how they end") {
            val registry = SimpleMeterRegistry()
            val listener = MicrometerListener.of(registry)
            playing(listener).generate(PROMPT)
            playing(listener).generate(PROMPT)
            shouldThrow<OverloadedException> { playing(listener) { throw overloaded }.generate(PROMPT) }
            registry.read("tandem.calls") shouldBe mapOf(
                "error=none $who outcome=success provider=openai" to 2.0,
                "error=OverloadedException $who outcome=failure provider=openai" to 1.0,
            )
            registry.meters.joinToString { "${it.id}" } shouldNotContain "secret"
        }

        test("who gives up has not failed") {
            val registry = SimpleMeterRegistry()
            runTest {
                val begun = CompletableDeferred<Unit>()
                val client = playing(MicrometerListener.of(registry)) {
                    begun.complete(Unit)
                    awaitCancellation()
                }
                val job = launch { client.generate(PROMPT) }
                begun.await()
                registry.read("tandem.calls.active") shouldBe mapOf("$who provider=openai" to 1.0)
                job.cancelAndJoin()
            }
            registry.read("tandem.calls") shouldBe mapOf("error=none $who outcome=cancelled provider=openai" to 1.0)
            registry.read("tandem.calls.active") shouldBe mapOf("$who provider=openai" to 0.0)
        }

        test("calls are under way from their beginning to their end, however they end") {
            val registry = SimpleMeterRegistry()
            val listener = MicrometerListener.of(registry)
            var within = 0.0
            shouldThrow<OverloadedException> {
                playing(listener) {
                    within = registry.read("tandem.calls.active").values.single()
                    throw overloaded
                }.generate(PROMPT)
            }
            within shouldBe 1.0
            registry.read("tandem.calls.active").values.single() shouldBe 0.0
        }

        test("the first item is timed, of a stream and of a plain call") {
            val registry = SimpleMeterRegistry()
            val listener = MicrometerListener.of(registry)
            playing(listener) { streamed() }.stream(PROMPT).toList()
            playing(listener).generate(PROMPT)
            registry.read("tandem.calls.first.item") shouldBe mapOf(
                "model=gpt-4o-mini operation=stream provider=openai" to 1.0,
                "$who provider=openai" to 1.0,
            )
        }

        test("what no model answers has no model, but the same tags") {
            val registry = SimpleMeterRegistry()
            playing(MicrometerListener.of(registry)) { ModelInfo("m", "o") }.models()
            registry.read("tandem.calls") shouldBe mapOf("error=none model=none operation=models outcome=success provider=openai" to 1.0)
        }

        test("tags of the user's own are on every meter") {
            val registry = SimpleMeterRegistry()
            playing(
                MicrometerListener
                    .builder(registry)
                    .tag("client", "a")
                    .tag("zone", "b")
                    .build(),
            ).generate(PROMPT)
            registry.meters.map { it.id.getTag("client") to it.id.getTag("zone") }.toSet() shouldBe setOf("a" to "b")
        }
    })
