package dev.tandem.opentelemetry

import dev.tandem.error.ErrorDetails
import dev.tandem.error.RateLimitedException
import dev.tandem.telemetry.PROMPT
import dev.tandem.telemetry.playing
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.opentelemetry.api.common.AttributeKey
import io.opentelemetry.api.trace.StatusCode
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest

class FailuresSpec :
    FunSpec({
        val limited = RateLimitedException(
            "openai 429: you said $PROMPT",
            ErrorDetails
                .builder()
                .provider("openai")
                .status(429)
                .code("slow_down")
                .requestId("req-1")
                .excerpt(PROMPT)
                .build(),
        )

        test("a failure has its type and its numbers, but not its words, which may quote the request") {
            val recorded = Recorded()
            shouldThrow<RateLimitedException> { playing(OpenTelemetryListener.of(recorded.sdk)) { throw limited }.generate(PROMPT) }
            val span = recorded.call
            span.status.statusCode shouldBe StatusCode.ERROR
            span.status.description shouldBe ""
            span.attributes.get(GenAi.ERROR_TYPE) shouldBe "dev.tandem.error.RateLimitedException"
            span.attributes.get(GenAi.STATUS_CODE) shouldBe 429L
            span.attributes.get(Tandem.ERROR_CODE) shouldBe "slow_down"
            span.attributes.get(Tandem.REQUEST_ID) shouldBe "req-1"
            span.events.shouldBeEmpty()
            recorded.words() shouldNotContain PROMPT
        }

        test("who asks for exceptions gets them with their words") {
            val recorded = Recorded()
            val listener = OpenTelemetryListener.builder(recorded.sdk).exceptions(true).build()
            shouldThrow<RateLimitedException> { playing(listener) { throw limited }.generate(PROMPT) }
            recorded.call.status.description shouldBe limited.message
            val event = recorded.call.events.single()
            event.name shouldBe "exception"
            event.attributes.get(AttributeKey.stringKey("exception.message"))!! shouldContain PROMPT
        }

        test("a failure of no provider's is one by its type") {
            val recorded = Recorded()
            shouldThrow<IllegalStateException> {
                playing(OpenTelemetryListener.of(recorded.sdk)) { error(PROMPT) }.generate(PROMPT)
            }
            recorded.call.attributes.get(GenAi.ERROR_TYPE) shouldBe "java.lang.IllegalStateException"
            recorded.call.attributes
                .get(GenAi.STATUS_CODE)
                .shouldBeNull()
            recorded.words() shouldNotContain PROMPT
        }

        test("who gives up has not failed") {
            val recorded = Recorded()
            runTest {
                val begun = CompletableDeferred<Unit>()
                val client = playing(OpenTelemetryListener.of(recorded.sdk)) {
                    begun.complete(Unit)
                    awaitCancellation()
                }
                val job = launch { client.generate(PROMPT) }
                begun.await()
                job.cancelAndJoin()
            }
            recorded.call.status.statusCode shouldBe StatusCode.UNSET
            recorded.call.attributes.get(GenAi.ERROR_TYPE) shouldBe "cancelled"
            recorded
                .points("gen_ai.client.operation.duration")
                .single()
                .attributes
                .get(GenAi.ERROR_TYPE) shouldBe "cancelled"
        }
    })
