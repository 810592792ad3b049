package dev.tandem.llama

/** Texts that the tokenizer reads as a change of speaker, an end or a tool call wherever they stand. */
internal class Markers(private val markers: List<String>) {
    /** [text] with a space inside each marker, so that who writes a message cannot speak as somebody else. */
    fun neutralise(text: String): String = markers.fold(text) { safe, marker ->
        if (marker in safe) safe.replace(marker, "${marker.take(1)} ${marker.drop(1)}") else safe
    }
}
