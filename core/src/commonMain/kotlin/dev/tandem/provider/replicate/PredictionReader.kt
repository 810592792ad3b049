package dev.tandem.provider.replicate

import dev.tandem.model.ChatEvent
import dev.tandem.provider.http.ChatReader
import dev.tandem.transport.AnswerHead
import dev.tandem.transport.Frame

/** Reads what a prediction says while it is made. The end of it is `done`; how it ended is asked of the prediction itself. */
internal class PredictionReader(head: AnswerHead) : ChatReader(head) {
    override fun take(frame: Frame) {
        when (frame.name) {
            // A piece that was cut off is said whole by the prediction.
            "output" -> if (frame.isTerminated) add(pieces.text(frame.data))

            "done" -> end()

            "error" -> throw failure(frame.data)

            else -> add(ChatEvent.Raw(frame.name, frame.data))
        }
    }

    /** JSON is no stream, so it can only be an error. */
    override fun takeWhole(text: String): Unit = throw failure(text)

    private fun end() {
        pieces.head(null, null)
        pieces.end()
        isDone = true
    }
}
