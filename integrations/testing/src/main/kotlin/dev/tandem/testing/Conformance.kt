package dev.tandem.testing

import dev.tandem.AiClient
import dev.tandem.resilience.RetryPolicy
import kotlinx.coroutines.runBlocking
import kotlin.system.exitProcess

/**
 * Looks at a gateway or a server of yours through Tandem's own client. Blocks until it is done.
 *
 * Of a gateway, [rows] tells what it makes of everything that providers are known to send. Of anything that has models,
 * [live] tells whether it behaves like a provider at all. Both are also a command: `Conformance rows URL --port 9000` and
 * `Conformance live URL --model NAME`, each with `--key KEY` where a key is needed and `--dialect NAME` for a wire that
 * is not OpenAI's. It ends with 0 if all is well, 1 if not, and 2 if it did not understand.
 */
public class Conformance private constructor(private val dialect: WireDialect, private val url: String, private val key: String) {
    /**
     * Plays every row on [upstream], asks for it at the gateway, and compares what comes through. The gateway must pass
     * requests for models named `wire-O03` and the like on to [upstream].
     */
    public fun rows(upstream: FakeServer): ConformanceReport {
        val play = WireUpstream(upstream)
        return report("$url, in front of what providers send") { client ->
            dialect.tables.flatMap { it.rows }.map { row ->
                val outcome = WireOutcome.of(client, row, play.offer(row))
                ConformanceReport.Result(row.id, row.title, row.expected, outcome.lines(row.expected))
            }
        }
    }

    /** Holds a handful of real conversations with [model]. They cost tokens, though few. */
    public fun live(model: String): ConformanceReport = report("$url, with $model") {
        LiveChecks(it, model) { wrong -> client(wrong) }.results()
    }

    private fun report(subject: String, check: suspend (AiClient) -> List<ConformanceReport.Result>): ConformanceReport =
        client(key).use { client -> ConformanceReport(subject, runBlocking { check(client) }) }

    /** Each refusal is looked at, and holds nobody back. */
    private fun client(key: String) = AiClient(dialect.provider(url, key)) {
        retry = RetryPolicy.NONE
        obeysLimits = false
    }

    /** How it begins. */
    public companion object {
        /** What is to be looked at: the base URL that a client would be given, and the key. */
        @JvmStatic
        public fun of(dialect: WireDialect, baseUrl: String, apiKey: String): Conformance = Conformance(dialect, baseUrl, apiKey)

        /** See the class. */
        @JvmStatic
        public fun main(args: Array<String>) {
            val report =
                try {
                    ConformanceCommand(args.toList()).run()
                } catch (e: IllegalArgumentException) {
                    System.err.println("${e.message}\n${ConformanceCommand.USAGE}")
                    exitProcess(2)
                }
            println(report.text())
            exitProcess(if (report.isIntact) 0 else 1)
        }
    }
}
