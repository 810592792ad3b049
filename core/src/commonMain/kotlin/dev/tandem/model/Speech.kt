package dev.tandem.model

/** A text as it sounds. The array is this object's own: do not write to it. */
public class Speech(
    /** This object's own: do not write to it. */
    public val bytes: ByteArray,
    /** Such as `audio/mpeg`. */
    public val mediaType: String,
) {
    override fun toString(): String = "Speech($mediaType, ${bytes.size} bytes)"
}
