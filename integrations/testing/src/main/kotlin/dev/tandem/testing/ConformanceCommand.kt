package dev.tandem.testing

/** The words of the command line. */
internal class ConformanceCommand(args: List<String>) {
    private val words = args.takeWhile { !it.startsWith("--") }
    private val options = args.drop(words.size).chunked(2).associate { pair ->
        require(pair.size == 2 && pair[0].removePrefix("--") in OPTIONS) { "not understood: ${pair.joinToString(" ")}" }
        pair[0].removePrefix("--") to pair[1]
    }

    fun run(): ConformanceReport {
        require(words.size == 2) { "what is to be looked at, and how?" }
        val (mode, url) = words
        val dialect = options["dialect"]?.let { name ->
            requireNotNull(WireDialect.entries.find { it.name.equals(name, ignoreCase = true) }) {
                "$name is none of ${WireDialect.entries}"
            }
        }
        val conformance = Conformance.of(dialect ?: WireDialect.OPENAI, url, options["key"] ?: "none")
        return when (mode) {
            "rows" -> FakeServer.start(portNumber()).use(conformance::rows)
            "live" -> conformance.live(requireNotNull(options["model"]) { "live needs --model" })
            else -> throw IllegalArgumentException("not understood: $mode")
        }
    }

    private fun portNumber(): Int {
        val port = requireNotNull(options["port"]) { "rows needs --port: the gateway's upstream is played there" }
        return requireNotNull(port.toIntOrNull()) { "not a port: $port" }
    }

    companion object {
        const val USAGE = "rows URL --port PORT [--key KEY] [--dialect NAME]\nlive URL --model MODEL [--key KEY] [--dialect NAME]"
        private val OPTIONS = setOf("port", "model", "key", "dialect")
    }
}
