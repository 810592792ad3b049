package dev.tandem.transport

/** How a stream is cut into frames. */
internal enum class Framing(val newParser: (maxBytes: Int) -> FrameParser) {
    /** Server-sent events. A body that begins as JSON is none: somebody sent a whole answer instead. */
    EVENTS(::SseParser),

    /** JSON by lines. */
    LINES(::LineParser),

    /** Nothing but text. */
    TEXT({ TextParser() }),
}
