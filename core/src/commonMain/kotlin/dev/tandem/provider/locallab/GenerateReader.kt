package dev.tandem.provider.locallab

import dev.tandem.transport.AnswerHead
import dev.tandem.transport.Frame

/**
 * Reads the stream of `/generate`: events of raw text, in which a line break is the two characters `\n`. One event is one
 * piece of the model, so a backslash that ends one has nothing to do with an `n` that begins the next.
 */
internal class GenerateReader(head: AnswerHead) : LocalLabReader(head) {
    override fun take(frame: Frame) {
        val text = frame.data.replace("\\n", "\n")
        when {
            frame.data == DONE -> done()
            frame.data.startsWith(ERROR) -> throw brokenOff(text.removePrefix(ERROR))
            frame.isTerminated -> add(pieces.text(text))
            else -> throw malformed("the stream ended inside an event", text, null)
        }
    }

    /** An answer of nothing but white space comes as nothing at all. */
    private fun done() {
        pieces.head(null, null)
        end()
    }

    private companion object {
        const val DONE = "[DONE]"
        const val ERROR = "[ERROR]"
    }
}
