package dev.tandem.provider.json

/** What a `data:` address holds, where it is base64 and names its type; nothing else is of use to providers. */
internal class DataUrl private constructor(val mediaType: String, val base64: String) {
    companion object {
        private const val SCHEME = "data:"
        private const val BASE64 = ";base64"

        /** Null for any other address. */
        fun of(url: String): DataUrl? {
            val head = url.substringBefore(',', "")
            if (!head.startsWith(SCHEME) || !head.endsWith(BASE64)) return null
            val mediaType = head.substring(SCHEME.length).substringBefore(';').lowercase()
            return if (mediaType.isEmpty()) null else DataUrl(mediaType, url.substring(head.length + 1))
        }
    }
}
