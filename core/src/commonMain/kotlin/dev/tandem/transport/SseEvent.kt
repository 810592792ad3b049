package dev.tandem.transport

/** One server-sent event. [isTerminated] is false when the body ended in its midst: it may be only a part. */
internal class SseEvent(val name: String, val data: String, val isTerminated: Boolean) {
    override fun equals(other: Any?): Boolean =
        other is SseEvent && name == other.name && data == other.data && isTerminated == other.isTerminated

    override fun hashCode(): Int = 31 * name.hashCode() + data.hashCode()

    override fun toString(): String = "SseEvent($name, $data${if (isTerminated) "" else ", cut"})"
}
