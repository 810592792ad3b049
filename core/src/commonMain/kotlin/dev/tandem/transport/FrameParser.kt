package dev.tandem.transport

/** Cuts bytes, which come in pieces of any size, into frames. Feed it, take frames until there is none, then feed again. */
internal interface FrameParser {
    fun feed(bytes: ByteArray, from: Int, to: Int)

    /** The next whole frame, or null until more is fed. Throws [LineTooLongException]. */
    fun next(): Frame?

    /**
     * The frame that [next] gave last did nothing but say [text]; null if it did more, or is of no such kind. In the outermost
     * object of its JSON nobody reads the string called [unread].
     */
    fun learn(text: String?, unread: String?) = Unit

    /** After the last byte and the last [next]: what is left, if anything is. */
    fun finish(): Frame?
}

internal class LineTooLongException(limit: Int) : RuntimeException() {
    override val message: String = "a line of the stream is longer than $limit bytes"
}
