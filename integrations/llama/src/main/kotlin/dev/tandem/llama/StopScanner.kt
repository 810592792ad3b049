package dev.tandem.llama

/** Looks for [stops] in a text that comes in pieces. Keeps back only what may be the beginning of one. */
internal class StopScanner(private val stops: List<String>) {
    private var held = ""

    var hasStopped = false
        private set

    /** What of the text so far may be shown. */
    fun take(piece: String): String {
        held += piece
        val stop = stops.map { held.indexOf(it) }.filter { it >= 0 }.minOrNull()
        hasStopped = stop != null
        val shown = held.take(stop ?: (held.length - beginning()))
        held = held.drop(shown.length)
        return shown
    }

    /** What was kept back, now that no more will come. */
    fun rest(): String = if (hasStopped) "" else held

    /** How much of the end of [held] is the beginning of a stop. */
    private fun beginning() =
        stops.maxOfOrNull { stop -> (minOf(stop.length - 1, held.length) downTo 0).first { held.endsWith(stop.take(it)) } } ?: 0
}
