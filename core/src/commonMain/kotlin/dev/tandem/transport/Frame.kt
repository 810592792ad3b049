package dev.tandem.transport

/**
 * The smallest thing a stream is made of: an event, a line or some text. [isTerminated] is false when the body ended in
 * its midst: it may be only a part.
 */
internal class Frame(val name: String, val data: String, val isTerminated: Boolean) {
    override fun equals(other: Any?): Boolean =
        other is Frame && name == other.name && data == other.data && isTerminated == other.isTerminated

    override fun hashCode(): Int = 31 * name.hashCode() + data.hashCode()

    override fun toString(): String = "Frame($name, $data${if (isTerminated) "" else ", cut"})"
}
