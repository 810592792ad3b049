package dev.tandem

import dev.tandem.error.AiException
import dev.tandem.provider.openai.OpenAi
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import dev.tandem.testing.Reply
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import kotlinx.coroutines.flow.toList
import java.util.concurrent.CopyOnWriteArrayList
import java.util.logging.Handler
import java.util.logging.Level
import java.util.logging.LogRecord
import java.util.logging.Logger
import java.util.logging.SimpleFormatter

/** Whatever the libraries below us log, down to the finest level: never the key. */
class LogsSpec :
    FunSpec({
        val root = Logger.getLogger("")
        val lines = CopyOnWriteArrayList<String>()
        val listener =
            object : Handler() {
                override fun publish(record: LogRecord) {
                    lines += SimpleFormatter().format(record)
                }

                override fun flush() = Unit

                override fun close() = Unit
            }

        test("no key in any log, of calls that go well and calls that fail") {
            val before = root.level
            root.addHandler(listener)
            root.level = Level.ALL
            try {
                // Who says nothing gives nothing away; but the test must be able to hear.
                Logger.getLogger("io.ktor").finest(HEARD)
                FakeServer.start().use { server ->
                    clientOf(server).use { client ->
                        server.enqueue(OpenAiReplies.chat("a"), OpenAiReplies.stream("a"), Reply.silence().resetAt(0))
                        client.generate("Hi")
                        client.stream("Hi").toList()
                        server.always(OpenAiReplies.error(401, "Incorrect API key provided: $KEY", "x", "invalid_api_key"))
                        shouldThrow<AiException> { client.generate("Hi") }
                        shouldThrow<AiException> { client.stream("Hi").toList() }
                    }
                }
                RefusingPort().use { closed ->
                    AiClient(OpenAi.compatible(closed.url, KEY)) { model = "m" }.use { client ->
                        shouldThrow<AiException> { client.generate("Hi") }
                    }
                }
            } finally {
                root.level = before
                root.removeHandler(listener)
            }
            lines.count { HEARD in it } shouldBe 1
            lines.forEach { it shouldNotContain KEY }
        }
    })

private const val HEARD = "heard"
