package dev.tandem.transport

import dev.tandem.error.MalformedResponseException

/** Pulls events out of the body of [answer]. */
internal class SseReader(private val answer: Answer) {
    private val parser = SseParser()
    private val buffer = ByteArray(READ_BYTES)
    private var ended = false

    /** Null at the end of the body. */
    suspend fun next(): SseEvent? {
        while (!ended) {
            try {
                parser.next()?.let { return it }
            } catch (e: SseLineTooLongException) {
                throw MalformedResponseException(e.message, answer.details().build(), e)
            }
            val read = answer.read(buffer)
            if (read < 0) ended = true else parser.feed(buffer, 0, read)
        }
        return parser.finish()
    }

    private companion object {
        const val READ_BYTES = 16 * 1024
    }
}
