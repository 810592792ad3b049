package dev.tandem.testing

import dev.tandem.AiClient
import dev.tandem.resilience.RetryPolicy
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

/** Each row over a real socket: whole, and cut in every way that a network may cut it. */
class SocketWireSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())

        for (dialect in WireDialect.entries) {
            val client = autoClose(
                AiClient(dialect.provider(server, "sk-test")) {
                    retry = RetryPolicy.NONE
                    obeysLimits = false
                },
            )
            for (row in dialect.tables.flatMap { it.rows }) {
                test("$row") {
                    suspend fun play(reply: Reply): String {
                        server.enqueue(reply)
                        return WireOutcome.of(client, row, dialect.model).lines(row.expected).joinToString("\n")
                    }

                    play(row.reply()) shouldBe row.expected.joinToString("\n")
                    for (pieces in WireSplits.of(row.body)) {
                        withClue(pieces.joinToString(" | ") { it.decodeToString() }) {
                            play(row.reply(pieces)) shouldBe row.expected.joinToString("\n")
                        }
                    }
                }
            }
        }
    })
