@file:JvmName("-Media")

package dev.tandem.model

import dev.tandem.platform.platform
import kotlin.io.encoding.Base64
import kotlin.jvm.JvmName

/** Unless somebody says another limit: about what providers take in one request. */
internal const val MOST_PART_BYTES: Int = 20 * 1024 * 1024

/** The address that holds [bytes] itself, if they are what [kind] says: an image, an audio or a file called [name]. */
internal fun dataUrlOf(kind: String, bytes: ByteArray, said: String?, name: String, maxBytes: Int): String {
    requireSize(kind, bytes.size.toLong(), maxBytes)
    return "data:${mediaTypeOf(kind, bytes, said, name)};base64,${Base64.encode(bytes)}"
}

/** The bytes of a file that is not larger than [maxBytes]. Blocks. */
internal fun bytesOf(kind: String, path: String, maxBytes: Int): ByteArray = platform.readFile(path) { requireSize(kind, it, maxBytes) }

internal fun nameOf(path: String): String = path.substringAfterLast('/').substringAfterLast('\\')

internal fun requireSize(kind: String, size: Long, maxBytes: Int) {
    require(maxBytes >= 1) { "maxBytes must be at least 1, but is $maxBytes" }
    require(size > 0) { "the $kind is empty: were its bytes read?" }
    require(size <= maxBytes) { "the $kind has $size bytes, and at most $maxBytes are taken: make it smaller, or raise maxBytes" }
}

/** The type that was [said], or else the one that [bytes] begin like, or else the one that goes by such a [name]. */
internal fun mediaTypeOf(kind: String, bytes: ByteArray, said: String?, name: String): String {
    val named = said?.let(::canonical)
    val found = sniffed(bytes)
    require(named == null || found == null || familyOf(named) == familyOf(found)) {
        "the $kind is said to be $said, but begins as $found does: correct the media type, or leave it out"
    }
    val type = requireNotNull(named ?: found ?: BY_NAME[name.substringAfterLast('.', "").lowercase()]) {
        "no media type: the first bytes of the $kind do not tell it, so name it, as in \"image/png\""
    }
    val fitting = if (kind == AUDIO) familyOf(type) else type
    require(kind == FILE || fitting.startsWith("$kind/")) { "$type is no $kind: make a Part of the kind that it is" }
    return fitting
}

/** What of a request may be left out, but not be empty. */
internal fun String?.notBlank(name: String): String? {
    require(this == null || isNotBlank()) { "$name must not be blank, but is '$this'" }
    return this
}

internal const val IMAGE = "image"
internal const val AUDIO = "audio"
internal const val FILE = "file"

internal fun requireAddress(kind: String, url: String) =
    require(url.startsWith("https://") || url.startsWith("http://") || url.startsWith("data:")) {
        "$kind url must start with https://, http:// or data:, but is ${shown(url)}"
    }

/** For messages. What an address holds is too long for them, and what it asks may be a secret. */
internal fun shown(url: String): String {
    if (!url.startsWith("data:")) return url.substringBefore('?').take(80)
    val head = url.take(80).substringBefore(',')
    return "${head.substringBefore(';')}, ${url.length - head.length} characters"
}

/** What [bytes] are by how they begin; null for what is not known here. */
internal fun sniffed(bytes: ByteArray): String? = when {
    bytes.has("RIFF", 0) -> if (bytes.has("WEBP", 8)) {
        "image/webp"
    } else if (bytes.has("WAVE", 8)) {
        "audio/wav"
    } else {
        null
    }

    else -> bytes.findIn(BRANDS, 4) ?: bytes.findIn(BEGINNINGS, 0) ?: framed(bytes)
}

private fun ByteArray.findIn(table: Map<String, String>, at: Int): String? {
    for ((beginning, type) in table) if (has(beginning, at)) return type
    return null
}

/** Audio that has no head begins with a frame: eleven bits that are set, then version and layer. */
private fun framed(bytes: ByteArray): String? {
    if (bytes.size < 2 || bytes[0].toInt() != -1) return null
    val second = bytes[1].toInt()
    return if (second and 0xE6 == 0xE2) {
        "audio/mpeg"
    } else if (second and 0xF6 == 0xF0) {
        "audio/aac"
    } else {
        null
    }
}

private fun ByteArray.has(text: String, at: Int): Boolean =
    size >= at + text.length && text.indices.all { this[at + it] == text[it].code.toByte() }

/** `audio/x-wav; rate=8000`, `wav` and `audio/wav` are one. */
private fun canonical(said: String): String {
    val type = said.lowercase().substringBefore(';').trim()
    val known = BY_NAME[type.substringAfter('/').removePrefix("x-")]
    if (known != null && ('/' !in type || known.startsWith(type.substringBefore('/')))) return known
    require(MEDIA_TYPE.matches(type)) { "a media type must look like image/png, but is '$said'" }
    return type
}

/** Of these the same container holds pictures and sound alike. */
private fun familyOf(type: String) = when (type) {
    "video/mp4" -> "audio/mp4"
    "video/webm" -> "audio/webm"
    "video/ogg", "application/ogg", "audio/opus" -> "audio/ogg"
    else -> type
}

private val MEDIA_TYPE = Regex("[a-z]+/[a-z0-9!#$&^_.+-]+")

/** How files begin, one letter for one byte. */
private val BEGINNINGS = tableOf(
    "\u0089PNG\r\n\u001A\n|image/png|\u00FF\u00D8\u00FF|image/jpeg|GIF8|image/gif|fLaC|audio/flac|OggS|audio/ogg|ID3|audio/mpeg|" +
        "\u001AE\u00DF\u00A3|video/webm|%PDF-|application/pdf",
)

/** What the container says that it is for, from the fifth byte on; all others are films. */
private val BRANDS =
    tableOf("ftypM4A|audio/mp4|ftypM4B|audio/mp4|ftypavif|image/avif|ftypheic|image/heic|ftypmif1|image/heif|ftyp|video/mp4")

/** As files end, and as people say. */
private val BY_NAME = tableOf(
    "png|image/png|jpg|image/jpeg|jpeg|image/jpeg|gif|image/gif|webp|image/webp|wav|audio/wav|wave|audio/wav|mp3|audio/mpeg|" +
        "flac|audio/flac|ogg|audio/ogg|m4a|audio/mp4|webm|audio/webm|pdf|application/pdf|txt|text/plain|md|text/markdown|" +
        "csv|text/csv|html|text/html|json|application/json|xml|application/xml",
)

private fun tableOf(words: String): Map<String, String> = words.split('|').chunked(2).associate { (key, type) -> key to type }
