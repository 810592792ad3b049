package dev.tandem.provider.locallab

import dev.tandem.transport.AnswerHead
import dev.tandem.transport.Frame

/** Reads the stream of `/chat`: nothing but text, and its end is the end of the body. */
internal class ChatTextReader(head: AnswerHead) : LocalLabReader(head) {
    private val tail = ErrorTail { add(pieces.text(it)) }

    override fun take(frame: Frame) {
        tail.add(frame.data)
        if (!frame.isTerminated) throw malformed("the stream ended inside a character", frame.data, null)
    }

    override fun takeEnd() {
        tail.error()?.let { throw brokenOff(it) }
        end()
    }
}
