package dev.tandem.provider.replicate

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.FinishReason.Kind
import dev.tandem.provider.StreamedAnswer
import kotlinx.serialization.json.JsonPrimitive

/** A prediction from its first state to its last, and what of its text was handed out. */
internal class RunningPrediction(first: SeenPrediction) {
    private val pieces = StreamedAnswer(first.head.details().build())
    private val told = StringBuilder()

    /** What is known last. */
    var seen = first
        private set

    /** The answer as a whole says something else than its pieces did. */
    private var isTorn = false

    val streamUrl: String? get() = seen.prediction.urls
        ?.stream
        ?.takeUnless { seen.prediction.hasEnded }

    /** What the stream says, but for its end, which is not that of the prediction. */
    fun hear(event: ChatEvent): ChatEvent? = when (event) {
        is ChatEvent.Text -> say(event.text)
        is ChatEvent.Completed -> null
        else -> event
    }

    /** The prediction's present state: what of its text is new. */
    fun take(state: SeenPrediction): ChatEvent? {
        seen = state
        val text = state.prediction.text
        // The stream may be ahead of what is known here.
        if (told.startsWith(text)) return null
        isTorn = !text.startsWith(told)
        return if (isTorn) null else say(text.substring(told.length))
    }

    private fun say(piece: String): ChatEvent? {
        told.append(piece)
        return pieces.text(piece)
    }

    fun usage(): ChatEvent? = seen.prediction.usage?.let(pieces::usage)

    /** The answer of a prediction that has ended, or the exception that says why there is none. */
    fun complete(): ChatResponse {
        val prediction = seen.prediction
        pieces.head(prediction.id, prediction.model ?: prediction.version)
        usage()
        if (!prediction.hasSucceeded) throw seen.failure(pieces.partial())
        if (isTorn || told.length > prediction.text.length) throw pieces.incomplete(null)
        prediction.logs?.content?.let { if (it.isNotEmpty()) pieces.metadata("logs", it) }
        prediction.version?.let { pieces.metadata("version", it) }
        prediction.metrics?.forEach { (name, value) -> if (value is JsonPrimitive) pieces.metadata(name, value.content) }
        pieces.finish(FinishReason.of(Kind.STOP, prediction.status))
        pieces.end()
        return pieces.complete()
    }
}
