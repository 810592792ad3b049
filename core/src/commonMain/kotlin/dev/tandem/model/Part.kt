package dev.tandem.model

import kotlin.jvm.JvmStatic

/** A piece of a [Message]. Providers that do not take a kind of part refuse the request before anything is sent. */
public sealed class Part {
    /**
     * What is said in words.
     *
     * @property text as it is sent, blanks and all.
     */
    public class Text(public val text: String) : Part() {
        override fun equals(other: Any?): Boolean = other is Text && text == other.text

        override fun hashCode(): Int = text.hashCode()

        override fun toString(): String = "Text($text)"
    }

    /**
     * An image by address: `https:` for one the provider fetches, `data:` for one that travels in the request.
     *
     * @property url `https:` or `data:`.
     */
    public class Image(public val url: String) : Part() {
        init {
            requireAddress(IMAGE, url)
        }

        override fun equals(other: Any?): Boolean = other is Image && url == other.url

        override fun hashCode(): Int = url.hashCode()

        override fun toString(): String = "Image(${shown(url)})"

        public companion object {
            /** One that travels in the request. Its type is told by its first bytes; 20 MB at most. */
            @JvmStatic
            public fun of(bytes: ByteArray): Image = of(bytes, null)

            /** Refused where [bytes] begin like something else than [mediaType], such as `image/png`. */
            @JvmStatic
            public fun of(bytes: ByteArray, mediaType: String?): Image = of(bytes, mediaType, MOST_PART_BYTES)

            /** The same where [bytes] are [maxBytes] at most, in place of 20 MB. */
            @JvmStatic
            public fun of(bytes: ByteArray, mediaType: String?, maxBytes: Int): Image =
                Image(dataUrlOf(IMAGE, bytes, mediaType, "", maxBytes))

            /** The file at [path], read now: blocks. 20 MB at most. */
            @JvmStatic
            public fun read(path: String): Image = of(bytesOf(IMAGE, path, MOST_PART_BYTES))
        }
    }

    /**
     * Something to listen to, by address as [Image] is.
     *
     * @property url `https:` or `data:`.
     */
    public class Audio(public val url: String) : Part() {
        init {
            requireAddress(AUDIO, url)
        }

        override fun equals(other: Any?): Boolean = other is Audio && url == other.url

        override fun hashCode(): Int = url.hashCode()

        override fun toString(): String = "Audio(${shown(url)})"

        public companion object {
            /** One that travels in the request. Its type is told by its first bytes; 20 MB at most. */
            @JvmStatic
            public fun of(bytes: ByteArray): Audio = of(bytes, null)

            /** Refused where [bytes] begin like something else than [mediaType], such as `audio/wav` or just `wav`. */
            @JvmStatic
            public fun of(bytes: ByteArray, mediaType: String?): Audio = of(bytes, mediaType, MOST_PART_BYTES)

            /** The same where [bytes] are [maxBytes] at most, in place of 20 MB. */
            @JvmStatic
            public fun of(bytes: ByteArray, mediaType: String?, maxBytes: Int): Audio =
                Audio(dataUrlOf(AUDIO, bytes, mediaType, "", maxBytes))

            /** The file at [path], read now: blocks. 20 MB at most. */
            @JvmStatic
            public fun read(path: String): Audio = of(bytesOf(AUDIO, path, MOST_PART_BYTES))
        }
    }

    /** A document: one that travels in the request, one that the provider fetches, or one that it has already. */
    public class File private constructor(
        /** What the model is told that it is called, "" where nobody has said. */
        public val name: String,
        /** Null for one that was uploaded before. */
        public val url: String?,
        /** The provider's own id of one that was uploaded before. */
        public val id: String?,
    ) : Part() {
        override fun equals(other: Any?): Boolean = other is File && name == other.name && url == other.url && id == other.id

        override fun hashCode(): Int = 31 * name.hashCode() + (url ?: id).hashCode()

        override fun toString(): String = "File(${listOfNotNull(name.ifEmpty { null }, url?.let(::shown), id).joinToString()})"

        public companion object {
            /** One that travels in the request. Its type is told by its first bytes, or by the end of [name]; 20 MB at most. */
            @JvmStatic
            public fun of(name: String, bytes: ByteArray): File = of(name, bytes, null)

            /** Refused where [bytes] begin like something else than [mediaType], such as `application/pdf`. */
            @JvmStatic
            public fun of(name: String, bytes: ByteArray, mediaType: String?): File = of(name, bytes, mediaType, MOST_PART_BYTES)

            /** The same where [bytes] are [maxBytes] at most, in place of 20 MB. */
            @JvmStatic
            public fun of(name: String, bytes: ByteArray, mediaType: String?, maxBytes: Int): File {
                require(name.isNotBlank()) { "a file needs a name, such as report.pdf, but has '$name'" }
                return File(name, dataUrlOf(FILE, bytes, mediaType, name, maxBytes), null)
            }

            /** The file at [path], read now: blocks. 20 MB at most. */
            @JvmStatic
            public fun read(path: String): File = of(nameOf(path), bytesOf(FILE, path, MOST_PART_BYTES))

            /** One that the provider fetches from [url], or that lies in it, where that begins with `data:`. */
            @JvmStatic
            public fun at(url: String): File = at(if (url.startsWith("data:")) "file" else nameOf(url.substringBefore('?')), url)

            /** The same under another [name]. */
            @JvmStatic
            public fun at(name: String, url: String): File {
                requireAddress(FILE, url)
                return File(name, url, null)
            }

            /** One that the provider knows by [id]. */
            @JvmStatic
            public fun uploaded(id: String): File {
                require(id.isNotBlank()) { "the id of an uploaded file must not be blank, but is '$id'" }
                return File("", null, id)
            }
        }
    }
}
