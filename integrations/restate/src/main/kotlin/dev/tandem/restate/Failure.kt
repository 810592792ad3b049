package dev.tandem.restate

/** What the journal keeps of an exception, which is one line of text. */
internal class Failure(val type: String, val message: String?) {
    override fun toString(): String = if (message == null) type else "$type: $message"

    companion object {
        fun of(error: Throwable): Failure = Failure(error::class.simpleName ?: "Exception", error.message)

        fun read(text: String): Failure = Failure(text.substringBefore(": "), text.substringAfter(": ", "").ifEmpty { null })
    }
}
