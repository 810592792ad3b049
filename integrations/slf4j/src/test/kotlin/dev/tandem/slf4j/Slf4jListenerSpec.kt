package dev.tandem.slf4j

import ch.qos.logback.classic.Level
import ch.qos.logback.classic.spi.ThrowableProxy
import dev.tandem.AiClient
import dev.tandem.error.ErrorDetails
import dev.tandem.error.OverloadedException
import dev.tandem.generate
import dev.tandem.pipeline.CallEvent
import dev.tandem.provider.openai.OpenAi
import dev.tandem.retry
import dev.tandem.telemetry.ANSWER
import dev.tandem.telemetry.PROMPT
import dev.tandem.telemetry.answer
import dev.tandem.telemetry.playing
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldEndWith
import io.kotest.matchers.string.shouldMatch
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.types.shouldBeSameInstanceAs
import org.slf4j.LoggerFactory
import kotlin.time.Duration.Companion.milliseconds

class Slf4jListenerSpec :
    FunSpec({
        val overloaded = OverloadedException("openai 529: you said $PROMPT", ErrorDetails.builder().status(529).build())

        test("a call is a few readable lines of the logger dev.tandem, without what is said") {
            Captured("dev.tandem").use { log ->
                playing(Slf4jListener.create()) { call ->
                    call.tell(CallEvent.Retrying(20.milliseconds, overloaded))
                    answer()
                }.generate(PROMPT)
                log.lines.first() shouldMatch Regex("""DEBUG call \d+ \(chat, openai, gpt-4o-mini\): started""")
                log.lines[1] shouldEndWith "attempt 1 failed, another one follows in 20 ms: OverloadedException, status 529"
                log.lines[1] shouldMatch Regex("INFO .*")
                log.lines.last() shouldMatch Regex("""DEBUG .*: completed in \d+ ms, 12 tokens in, 5 out""")
                log.lines.forEach {
                    it shouldNotContain PROMPT
                    it shouldNotContain ANSWER
                    it shouldNotContain "sk-test"
                }
            }
        }

        test("a failure is a warning, with its exception only for whoever asks for it") {
            Captured("dev.tandem").use { log ->
                shouldThrow<OverloadedException> { playing(Slf4jListener.create()) { throw overloaded }.generate(PROMPT) }
                log.events.last().level shouldBe Level.WARN
                log.events
                    .last()
                    .throwableProxy
                    .shouldBeNull()
                val listener = Slf4jListener.builder().exceptions(true).build()
                shouldThrow<OverloadedException> { playing(listener) { throw overloaded }.generate(PROMPT) }
                (log.events.last().throwableProxy as ThrowableProxy).throwable shouldBeSameInstanceAs overloaded
                log.lines.forEach { it shouldNotContain PROMPT }
            }
        }

        test("tools are lines for whoever looks closely, without what they were told and say") {
            Captured("dev.tandem").use { log ->
                playing(Slf4jListener.create()) { call ->
                    call.tell(CallEvent.ToolStarted("sun"))
                    call.tell(CallEvent.ToolFinished("sun", 20.milliseconds, null))
                    call.tell(CallEvent.ToolFinished("moon", 0.milliseconds, IllegalStateException(PROMPT)))
                    answer()
                }.generate(PROMPT)
                val words = log.lines.map { it.substringBefore(" ") + it.substringAfter("):") }
                words shouldContainAll listOf("DEBUG tool sun started", "DEBUG tool sun done in 20 ms", "DEBUG tool moon failed after 0 ms")
                log.lines.forEach { it shouldNotContain PROMPT }
            }
        }

        test("another logger gets the lines where one is named or given") {
            Captured("dev.tandem").use { usual ->
                Captured("my.calls").use { mine ->
                    playing(Slf4jListener.builder().logger("my.calls").build()).generate(PROMPT)
                    val count = mine.events.size
                    playing(Slf4jListener.builder().logger(LoggerFactory.getLogger("my.calls")).build()).generate(PROMPT)
                    mine.events.size shouldBe 2 * count
                }
                usual.events.shouldBeEmpty()
            }
        }

        test("lines of a level that the logger does not want stay out") {
            Captured("dev.tandem", Level.INFO).use { log ->
                playing(Slf4jListener.create()) { call ->
                    call.tell(CallEvent.Hedged)
                    call.tell(CallEvent.FellBack("openai", "anthropic", overloaded))
                    answer()
                }.generate(PROMPT)
                log.lines.single() shouldEndWith "openai failed, anthropic is asked: OverloadedException, status 529"
            }
        }

        test("a line is no pattern, whatever the model is called") {
            Captured("dev.tandem").use { log ->
                playing(Slf4jListener.create()).generate(PROMPT) { model = "m{}" }
                log.lines.first() shouldEndWith "(chat, openai, m{}): started"
            }
        }

        test("through all of core and a real connection, no secret gets into the log") {
            Captured("dev.tandem").use { log ->
                FakeServer.start().use { server ->
                    server.enqueue(
                        OpenAiReplies.error(503, PROMPT, "server_error", "busy"),
                        OpenAiReplies.error(401, "Incorrect API key: sk-test", "auth", "invalid_api_key"),
                    )
                    AiClient(OpenAi.compatible(server.url, "sk-test")) {
                        model = "fake-1"
                        retry { firstPause = 1.milliseconds }
                        listener(Slf4jListener.create())
                    }.use { client -> runCatching { client.generate(PROMPT) } }
                }
                log.events.map { it.level } shouldContain Level.INFO
                log.lines.last() shouldMatch
                    Regex("""WARN .*: failed after \d+ ms: UnauthorizedException, status 401, code invalid_api_key.*""")
                log.lines.forEach {
                    it shouldNotContain PROMPT
                    it shouldNotContain "sk-test"
                }
            }
        }
    })
