package dev.tandem.micrometer

import dev.tandem.generate
import dev.tandem.model.ToolDefinition
import dev.tandem.pipeline.CallEvent
import dev.tandem.telemetry.PROMPT
import dev.tandem.telemetry.answer
import dev.tandem.telemetry.playing
import dev.tandem.tool.Script
import dev.tandem.tool.asks
import dev.tandem.tool.call
import dev.tandem.tool.clientOf
import dev.tandem.tool.offering
import dev.tandem.tool.says
import dev.tandem.tool.tool
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.micrometer.core.instrument.simple.SimpleMeterRegistry
import java.util.concurrent.TimeUnit
import kotlin.time.Duration.Companion.milliseconds

class ToolMetersSpec :
    FunSpec({
        test("tools are timed by how they end, and names that the model has made up are none") {
            val registry = SimpleMeterRegistry()
            playing(MicrometerListener.builder(registry).tag("client", "a").build()) { call ->
                call.tell(CallEvent.ToolStarted("sun"))
                call.tell(CallEvent.ToolFinished("sun", 30.milliseconds, null))
                call.tell(CallEvent.ToolFinished("sun", 10.milliseconds, null))
                call.tell(CallEvent.ToolFinished("sun", 5.milliseconds, IllegalStateException("secret")))
                call.tell(CallEvent.ToolFinished("moon-1", 0.milliseconds, IllegalStateException("secret")))
                call.tell(CallEvent.ToolFinished("moon-2", 0.milliseconds, IllegalStateException("secret")))
                answer()
            }.generate(PROMPT) { tool(ToolDefinition("sun", "Tells of the sun", ToolDefinition.NO_PARAMETERS)) }
            registry.read("tandem.tools") shouldBe mapOf(
                "client=a outcome=success tool=sun" to 2.0,
                "client=a outcome=failure tool=sun" to 1.0,
                "client=a outcome=failure tool=none" to 2.0,
            )
            registry
                .get("tandem.tools")
                .tag("outcome", "success")
                .timer()
                .totalTime(TimeUnit.MILLISECONDS) shouldBe 40.0
        }

        test("through all of core, each tool that a call runs is timed") {
            val registry = SimpleMeterRegistry()
            val broken = tool("rain") { throw ArithmeticException("secret") }
            val client = clientOf(Script({ asks(call("sun"), call("rain"), call("moon")) }, { says("Fine.") })) {
                offering(tool("sun") { "shining" }, broken)
                listener(MicrometerListener.of(registry))
            }
            client.generate(PROMPT)
            registry.read("tandem.tools") shouldBe mapOf(
                "outcome=success tool=sun" to 1.0,
                "outcome=failure tool=rain" to 1.0,
                "outcome=failure tool=none" to 1.0,
            )
        }
    })
