package dev.tandem.opentelemetry

import dev.tandem.AiClient
import dev.tandem.provider.openai.OpenAi
import dev.tandem.retry
import dev.tandem.telemetry.PROMPT
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.flow.toList
import kotlin.time.Duration.Companion.milliseconds

/** All of core and a real connection in between. */
class ThroughClientSpec :
    FunSpec({
        test("a call that succeeds at the second try is one span, and says that it was retried") {
            val recorded = Recorded()
            FakeServer.start().use { server ->
                server.enqueue(OpenAiReplies.error(503, "busy", "server_error", null), OpenAiReplies.stream("The ", "secret"))
                AiClient(OpenAi.compatible(server.url, "sk-test")) {
                    model = "fake-1"
                    retry { firstPause = 1.milliseconds }
                    listener(OpenTelemetryListener.of(recorded.sdk))
                }.use { it.stream(PROMPT).toList() }
            }
            recorded.call.name shouldBe "chat fake-1"
            recorded.call.events.map { it.name } shouldContain "tandem.retry"
            recorded.call.attributes.get(GenAi.FINISH_REASONS) shouldBe listOf("stop")
            recorded.words() shouldNotContain "secret"
            recorded.words() shouldNotContain "sk-test"
        }
    })
