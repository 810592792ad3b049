package dev.tandem.model

/** The pictures that were made, at least one. */
public class ImageResponse(
    /** In the provider's words; where it does not say, the one that was asked for. */
    public val model: String,
    /** In the order in which they came. */
    public val images: List<Image>,
    /** Zero where the provider counts no tokens of pictures. */
    public val usage: Usage,
) {
    /** The first, and mostly the only one. */
    public val image: Image get() = images.first()

    override fun toString(): String = "ImageResponse($model, ${images.size} images, $usage)"

    /** Either its bytes are here, or it is to be fetched: a provider's address may last for minutes only. */
    public class Image(
        /** This object's own: do not write to it. */
        public val bytes: ByteArray?,
        /** Null where the [bytes] are here. */
        public val url: String?,
        /** Null where it is not known before the picture is fetched. */
        public val mediaType: String?,
        /** What the model made of the prompt, where it tells. */
        public val revisedPrompt: String?,
    ) {
        /** For a question about it. */
        public fun toPart(): Part.Image = bytes?.let { Part.Image.of(it, mediaType, Int.MAX_VALUE) }
            ?: Part.Image(checkNotNull(url) { "this image has no bytes and no address" })

        override fun toString(): String =
            "Image(${listOfNotNull(mediaType, bytes?.let { "${it.size} bytes" }, url?.let(::shown)).joinToString()})"
    }
}
