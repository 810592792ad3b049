package dev.tandem.model

/** A piece of a [Message]. Providers that do not take a kind of part refuse the request before anything is sent. */
public sealed class Part {
    public class Text(public val text: String) : Part() {
        override fun equals(other: Any?): Boolean = other is Text && text == other.text

        override fun hashCode(): Int = text.hashCode()

        override fun toString(): String = "Text($text)"
    }

    /** An image by address: `https:` for one the provider fetches, `data:` for one that travels in the request. */
    public class Image(public val url: String) : Part() {
        init {
            require(url.startsWith("https://") || url.startsWith("http://") || url.startsWith("data:")) {
                "image url must start with https://, http:// or data:, but is ${url.take(MAX_SHOWN)}"
            }
        }

        override fun equals(other: Any?): Boolean = other is Image && url == other.url

        override fun hashCode(): Int = url.hashCode()

        override fun toString(): String = "Image(${url.take(MAX_SHOWN)})"
    }

    private companion object {
        /** A data: address can be megabytes long. */
        const val MAX_SHOWN = 80
    }
}
