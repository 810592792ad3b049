package dev.tandem.provider

/**
 * Parts what a model thinks from what it says where both come as one text: `<think>…</think>` at its beginning. Tags may be
 * cut anywhere; what could yet become one is held back until it is decided.
 */
internal class ThinkTags(private val onThought: (String) -> Unit, private val onText: (String) -> Unit) {
    private enum class State { BEFORE, INSIDE, AFTER }

    private val held = StringBuilder()
    private var state = State.BEFORE

    fun add(piece: String) {
        held.append(piece)
        if (state == State.BEFORE) before()
        if (state == State.INSIDE) inside()
        if (state == State.AFTER) flush(onText)
    }

    /** What is held back will not become a tag any more. */
    fun end() = flush(if (state == State.INSIDE) onThought else onText)

    private fun before() {
        val start = held.trimStart()
        when {
            start.startsWith(OPEN) -> {
                held.deleteRange(0, held.length - start.length + OPEN.length)
                state = State.INSIDE
            }

            !OPEN.startsWith(start) -> {
                state = State.AFTER
            }
        }
    }

    private fun inside() {
        val close = held.indexOf(CLOSE)
        val sure = if (close >= 0) close else held.length - beginningOfClose()
        if (sure > 0) onThought(held.substring(0, sure))
        held.deleteRange(0, if (close >= 0) close + CLOSE.length else sure)
        if (close >= 0) state = State.AFTER
    }

    private fun beginningOfClose(): Int = (minOf(CLOSE.length - 1, held.length) downTo 1).firstOrNull { held.endsWith(CLOSE.take(it)) } ?: 0

    private fun flush(to: (String) -> Unit) {
        if (held.isNotEmpty()) to(held.toString())
        held.clear()
    }

    private companion object {
        const val OPEN = "<think>"
        const val CLOSE = "</think>"
    }
}
