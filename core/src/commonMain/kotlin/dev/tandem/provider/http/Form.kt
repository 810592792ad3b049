package dev.tandem.provider.http

import kotlin.random.Random

/** A body of fields and one file, as web forms send it: `multipart/form-data`. */
internal class Form(fields: List<Pair<String, String>>, fileName: String, mediaType: String, file: ByteArray) {
    /** So long that no file holds it by chance. */
    private val boundary = "tandem-" + Random.nextBytes(16).toHexString()

    val contentType: String = "multipart/form-data; boundary=$boundary"
    val bytes: ByteArray

    init {
        val head = fields.joinToString("") { (name, value) -> "${headOf(name)}\r\n\r\n$value\r\n" } +
            "${headOf("file")}; filename=\"${quoted(fileName)}\"\r\nContent-Type: $mediaType\r\n\r\n"
        val before = head.encodeToByteArray()
        val after = "\r\n--$boundary--\r\n".encodeToByteArray()
        bytes = before.copyOf(before.size + file.size + after.size)
        file.copyInto(bytes, before.size)
        after.copyInto(bytes, before.size + file.size)
    }

    private fun headOf(name: String) = "--$boundary\r\nContent-Disposition: form-data; name=\"${quoted(name)}\""

    /** As browsers do it: in the rest of a name nothing else could end it. */
    private fun quoted(name: String) = name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A")
}
