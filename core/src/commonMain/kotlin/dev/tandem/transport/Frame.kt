package dev.tandem.transport

/**
 * The smallest thing a stream is made of: an event, a line or some text. [isTerminated] is false when the body ended in
 * its midst: it may be only a part. Of one that [isText] there is nothing in [data] but the text: for the rest, it equals
 * the frames that [FrameParser.learn] was told of.
 */
internal class Frame private constructor(val name: String, val data: String, val isTerminated: Boolean, val isText: Boolean) {
    constructor(name: String, data: String, isTerminated: Boolean) : this(name, data, isTerminated, false)

    override fun equals(other: Any?): Boolean =
        other is Frame && name == other.name && data == other.data && isTerminated == other.isTerminated &&
            isText == other.isText

    override fun hashCode(): Int = 31 * name.hashCode() + data.hashCode()

    override fun toString(): String = "Frame($name, $data${if (isTerminated) "" else ", cut"})"

    companion object {
        fun text(text: String) = Frame("", text, isTerminated = true, isText = true)
    }
}
