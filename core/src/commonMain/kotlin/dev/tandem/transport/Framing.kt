package dev.tandem.transport

/** How a stream is cut into frames. */
internal enum class Framing(val newParser: (maxBytes: Int) -> FrameParser) {
    /** Server-sent events. A body that begins as JSON is none: somebody sent a whole answer instead. */
    EVENTS(::SseParser),

    /** The same from servers that put raw text into events, in which a CR is no line end. */
    RAW_EVENTS(::RawEventParser),

    /** JSON by lines. */
    LINES(::LineParser),

    /** Nothing but text. */
    TEXT({ TextParser() }),
}
