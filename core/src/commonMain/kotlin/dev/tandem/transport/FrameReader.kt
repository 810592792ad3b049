package dev.tandem.transport

import dev.tandem.error.MalformedResponseException

/** Pulls frames out of the body of [answer]. */
internal class FrameReader(private val answer: Answer, framing: Framing) {
    private val parser = framing.newParser(answer.maxEventBytes)
    private val buffer = ByteArray(READ_BYTES)
    private var hasEnded = false

    /** Null at the end of the body. */
    suspend fun next(): Frame? {
        try {
            while (!hasEnded) {
                parser.next()?.let { return it }
                val count = answer.read(buffer)
                if (count < 0) hasEnded = true else parser.feed(buffer, 0, count)
            }
            return parser.finish()
        } catch (e: LineTooLongException) {
            throw MalformedResponseException(
                "${answer.provider}: ${e.message}: raise maxEventBytes to take it",
                answer.details().build(),
                e,
            )
        }
    }

    private companion object {
        const val READ_BYTES = 16 * 1024
    }
}
