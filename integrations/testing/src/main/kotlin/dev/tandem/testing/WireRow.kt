package dev.tandem.testing

/** An answer as some server really sends it, and what a client has to make of it. */
public class WireRow internal constructor(
    /** Such as `O03`, or `O24b` for the second form of a row. */
    public val id: String,
    /** What the row is about, in words. */
    public val title: String,
    /** By which call it is to be asked for. */
    public val call: WireCall,
    /** Of HTTP. */
    public val status: Int,
    /** Names and values in turn, without the content type. */
    public val headers: List<String>,
    /** As its header has it. */
    public val contentType: String,
    /** Not to be written to. */
    public val body: ByteArray,
    /** The data of the events in [body], where the table says it. */
    public val frames: List<String>?,
    /** What [WireOutcome.lines] has to say. */
    public val expected: List<String>,
) {
    /** The answer in one piece. */
    public fun reply(): Reply = reply(listOf(body))

    /** The answer with its body in [pieces], each flushed by itself, and of a stream each in a chunk of its own. */
    public fun reply(pieces: List<ByteArray>): Reply = if (call.isStream) {
        Reply.inChunks(status, contentType, pieces, *headers.toTypedArray())
    } else {
        Reply.inPieces(status, contentType, pieces, *headers.toTypedArray())
    }

    /** Id and title, as the names of tests have it. */
    override fun toString(): String = "$id $title"
}
