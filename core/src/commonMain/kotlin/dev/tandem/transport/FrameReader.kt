package dev.tandem.transport

import dev.tandem.error.MalformedResponseException

/** Pulls frames out of the body of [answer]. */
internal class FrameReader(private val answer: Answer, framing: Framing) {
    private val parser = framing.newParser(answer.maxEventBytes)
    private var hasEnded = false

    /** Null at the end of the body. */
    suspend fun next(): Frame? {
        while (!hasEnded) {
            arrived()?.let { return it }
            hasEnded = !answer.take(parser::feed)
        }
        return limited { parser.finish() }
    }

    /** The next frame, if it is there already: asking for it costs less than [next]. */
    fun arrived(): Frame? = limited { parser.next() }

    /** What the last frame meant, as [FrameParser.learn] says. */
    fun learn(text: String?, unread: String?) = parser.learn(text, unread)

    private inline fun limited(parse: () -> Frame?): Frame? = try {
        parse()
    } catch (e: LineTooLongException) {
        throw MalformedResponseException(
            "${answer.provider}: ${e.message}: raise maxEventBytes to take it",
            answer.details().build(),
            e,
        )
    }
}
