package dev.tandem.opentelemetry

import dev.tandem.error.ErrorDetails
import dev.tandem.error.ToolFailedException
import dev.tandem.generate
import dev.tandem.model.ToolDefinition
import dev.tandem.model.ToolPolicy
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
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.longs.shouldBeGreaterThanOrEqual
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.opentelemetry.api.trace.SpanKind
import io.opentelemetry.api.trace.StatusCode
import io.opentelemetry.sdk.trace.data.SpanData
import kotlinx.coroutines.CancellationException
import kotlin.time.Duration.Companion.milliseconds

class ToolSpansSpec :
    FunSpec({
        val sun = ToolDefinition("sun", "Tells of the sun", ToolDefinition.NO_PARAMETERS)

        suspend fun toldOf(vararg events: CallEvent, exceptions: Boolean = false): Recorded = Recorded().also { recorded ->
            val listener = OpenTelemetryListener.builder(recorded.sdk).exceptions(exceptions).build()
            playing(listener) { call ->
                events.forEach(call::tell)
                answer()
            }.generate(PROMPT) { tool(sun) }
        }

        fun refused(why: String) = ToolFailedException(why, call("moon-1234"), ErrorDetails.NONE, null)

        fun SpanData.errorType() = attributes.get(GenAi.ERROR_TYPE)

        test("a tool is a span of the conventions below that of its call, as long as it took") {
            val recorded = toldOf(CallEvent.ToolStarted("sun"), CallEvent.ToolFinished("sun", 250.milliseconds, null))
            val tool = recorded.tools.single()
            tool.name shouldBe "execute_tool sun"
            tool.kind shouldBe SpanKind.INTERNAL
            tool.parentSpanId shouldBe recorded.call.spanId
            tool.traceId shouldBe recorded.call.traceId
            tool.endEpochNanos - tool.startEpochNanos shouldBe 250_000_000
            tool.status.statusCode shouldBe StatusCode.UNSET
            tool.attributes.plain() shouldBe
                mapOf("gen_ai.operation.name" to "execute_tool", "gen_ai.tool.name" to "sun", "gen_ai.tool.type" to "function")
        }

        test("one that fails has its error, in words only for whoever asks for them") {
            val failed = CallEvent.ToolFinished("sun", 1.milliseconds, ArithmeticException("secret"))
            val recorded = toldOf(failed)
            val tool = recorded.tools.single()
            tool.errorType() shouldBe "java.lang.ArithmeticException"
            tool.status.statusCode shouldBe StatusCode.ERROR
            tool.events.shouldBeEmpty()
            recorded.words() shouldNotContain "secret"
            recorded.call.status.statusCode shouldBe StatusCode.UNSET
            toldOf(failed, exceptions = true).tools.single().let {
                it.status.description shouldBe "secret"
                it.events.single().name shouldBe "exception"
            }
        }

        test("one that was given up has not failed") {
            val tool = toldOf(CallEvent.ToolFinished("sun", 1.milliseconds, CancellationException("no longer"))).tools.single()
            tool.status.statusCode shouldBe StatusCode.UNSET
        }

        test("a name that the model has made up is no name of a span") {
            val recorded = toldOf(CallEvent.ToolFinished("moon-1234", 0.milliseconds, refused("there is no such tool")))
            val tool = recorded.tools.single()
            tool.name shouldBe "execute_tool"
            tool.errorType() shouldBe "tool_error"
            tool.attributes.get(GenAi.TOOL_NAME) shouldBe "moon-1234"
        }

        test("through all of core, each tool that a call runs is told, refused ones too") {
            val recorded = Recorded()
            val broken = tool("rain") { throw ArithmeticException("secret") }
            val client = clientOf(Script({ asks(call("sun"), call("rain"), call("moon"), call("wind")) }, { says("Fine.") })) {
                offering(tool("sun") { "shining" }, broken, tool("wind") { "none" })
                toolPolicy = ToolPolicy.builder().approval { if (it.name == "wind") "secret" else null }.build()
                listener(OpenTelemetryListener.of(recorded.sdk))
            }
            client.generate(PROMPT)
            recorded.tools.map { "${it.name}: ${it.errorType()}" } shouldContainExactlyInAnyOrder listOf(
                "execute_tool sun: null",
                "execute_tool rain: java.lang.ArithmeticException",
                "execute_tool: tool_error",
                "execute_tool wind: tool_error",
            )
            recorded.tools.forEach {
                it.parentSpanId shouldBe recorded.call.spanId
                it.startEpochNanos shouldBeGreaterThanOrEqual recorded.call.startEpochNanos - 1_000_000
            }
            recorded.words() shouldNotContain "secret"
            recorded.words() shouldContain "gen_ai.tool.name"
        }
    })
