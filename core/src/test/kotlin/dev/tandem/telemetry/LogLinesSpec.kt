package dev.tandem.telemetry

import dev.tandem.ScriptedTarget
import dev.tandem.error.CircuitOpenException
import dev.tandem.error.ErrorDetails
import dev.tandem.error.RateLimitedException
import dev.tandem.error.TimeLimitException
import dev.tandem.model.ChatRequest
import dev.tandem.model.ModelsRequest
import dev.tandem.model.Timer
import dev.tandem.model.Usage
import dev.tandem.model.options
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.CircuitState
import dev.tandem.pipeline.Operation
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.coroutines.CancellationException
import kotlin.time.Duration.Companion.milliseconds

private class Log(private val least: LogLevel = LogLevel.DEBUG) : LogSink {
    val lines = mutableListOf<String>()
    val levels = mutableListOf<LogLevel>()
    val errors = mutableListOf<Throwable?>()

    override fun log(level: LogLevel, line: String, error: Throwable?) {
        lines += line
        levels += level
        errors += error
    }

    override fun keeps(level: LogLevel) = level >= least
}

private const val SECRET = "my prompt, and my key"

class LogLinesSpec :
    FunSpec({
        val call = Call(Operation.CHAT, ChatRequest.of(SECRET, options { model = "m-1" }), ScriptedTarget(0, "a"))
        val limited = RateLimitedException(
            "openai 429: you said $SECRET",
            ErrorDetails
                .builder()
                .status(429)
                .code("slow_down")
                .requestId("req-1")
                .excerpt(SECRET)
                .attempts(3)
                .build(),
        )

        fun linesOf(vararg events: CallEvent, of: Call<*> = call): List<String> = Log()
            .also { log ->
                events.forEach { LogLines.to(log).onEvent(of, it) }
            }.lines

        test("a line has the number, the operation, the target and the model of its call") {
            linesOf(CallEvent.Started) shouldContainExactly listOf("call ${call.id} (chat, scripted, m-1): started")
        }

        test("a call that asks no model has none, whatever its client would ask") {
            val models = Call(Operation.MODELS, ModelsRequest(options { model = "m-1" }), ScriptedTarget(0))
            linesOf(CallEvent.Started, of = models) shouldContainExactly listOf("call ${models.id} (models, scripted): started")
        }

        test("ends have their time, their tokens, and the kind of a failure") {
            linesOf(
                CallEvent.Completed(812.milliseconds, Usage.of(120, 45)),
                CallEvent.Cancelled(5.milliseconds),
                CallEvent.Failed(7.milliseconds, limited),
                CallEvent.Failed(8.milliseconds, TimeLimitException(SECRET, Timer.IDLE, null, ErrorDetails.NONE, null)),
                CallEvent.Failed(9.milliseconds, IllegalStateException(SECRET)),
            ).map { it.substringAfter(": ") } shouldContainExactly listOf(
                "completed in 812 ms, 120 tokens in, 45 out",
                "cancelled after 5 ms",
                "failed after 7 ms: RateLimitedException, status 429, code slow_down, request req-1, 3 attempts",
                "failed after 8 ms: TimeLimitException, timer IDLE",
                "failed after 9 ms: IllegalStateException",
            )
        }

        test("attempts have their number, and say whether they are hedges") {
            val second = call.again()
            linesOf(CallEvent.Sent, CallEvent.Returned(3.milliseconds, Usage.of(1, 2), null), of = second)
                .map { it.substringAfter(": ") } shouldContainExactly
                listOf("attempt 2 sent", "attempt 2 answered in 3 ms, 1 tokens in, 2 out")
            val hedge = call.beside()
            linesOf(
                CallEvent.Returned(3.milliseconds, Usage.NONE, CancellationException("the other was faster")),
                CallEvent.Returned(3.milliseconds, Usage.NONE, limited),
                of = hedge,
            ).map { it.substringAfter(": ").substringBefore(',') } shouldContainExactly
                listOf("attempt 1 (hedge) given up after 3 ms", "attempt 1 (hedge) failed after 3 ms: RateLimitedException")
        }

        test("failures are warnings, what is done about them is information, all else is for whoever looks closely") {
            val log = Log()
            val events = listOf(
                CallEvent.Failed(1.milliseconds, limited),
                CallEvent.CacheFailed(limited),
                CallEvent.LimitsNotShared(limited),
                CallEvent.CircuitChanged("scripted", CircuitState.OPEN),
                CallEvent.CircuitChanged("scripted", CircuitState.CLOSED),
                CallEvent.Retrying(1.milliseconds, limited),
                CallEvent.FellBack("a", "b", limited),
                CallEvent.Started,
                CallEvent.CacheHit,
                CallEvent.Waited(1.milliseconds),
                CallEvent.Sent,
                CallEvent.FirstItem(1.milliseconds),
                CallEvent.Hedged,
                CallEvent.Completed(1.milliseconds, Usage.NONE),
                CallEvent.Cancelled(1.milliseconds),
            )
            events.forEach { LogLines.to(log).onEvent(call, it) }
            log.levels shouldContainExactly
                List(4) { LogLevel.WARN } + List(3) { LogLevel.INFO } + List(8) { LogLevel.DEBUG }
            log.lines.forEach { it shouldNotContain SECRET }
        }

        test("a line that nobody keeps is not made") {
            val log = Log(least = LogLevel.INFO)
            LogLines.to(log).onEvent(call, CallEvent.Started)
            log.lines.shouldBeEmpty()
            LogLines.to(log).onEvent(call, CallEvent.Retrying(1.milliseconds, limited))
            log.lines.single() shouldContain "attempt 1 failed, another one follows in 1 ms: RateLimitedException"
        }

        test("the exception, which may quote the request, goes along for whoever asks for it") {
            val failed = CallEvent.Failed(1.milliseconds, limited)
            Log().also { LogLines.to(it).onEvent(call, failed) }.errors.single() shouldBe null
            val log = Log()
            val lines = LogLines.builder(log).exceptions(true).build()
            lines.onEvent(call, failed)
            lines.onEvent(call, CallEvent.Started)
            log.errors.first() shouldBeSameInstanceAs limited
            log.errors.last() shouldBe null
            log.lines.first() shouldNotContain SECRET
        }

        test("what others name cannot begin a line of its own") {
            val forged = Call(Operation.CHAT, ChatRequest.of("Hi", options { model = "m\nWARN all is lost\u2028!" }), ScriptedTarget(0))
            val details = ErrorDetails.builder().code("x\r\nforged").build()
            val line = linesOf(CallEvent.Failed(1.milliseconds, CircuitOpenException("no", details)), of = forged).single()
            line shouldBe
                "call ${forged.id} (chat, scripted, m WARN all is lost !): failed after 1 ms: CircuitOpenException, code x  forged"
        }
    })
