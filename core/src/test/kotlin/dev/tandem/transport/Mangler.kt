package dev.tandem.transport

import kotlin.random.Random

/** Turns what a server may well send into what it never should. */
internal class Mangler(private val random: Random) {
    fun mangle(body: ByteArray, other: ByteArray): ByteArray {
        var mangled = body
        repeat(random.nextInt(1, 4)) { mangled = once(mangled, other) }
        return mangled
    }

    private fun once(body: ByteArray, other: ByteArray): ByteArray {
        if (body.isEmpty()) return other
        val at = random.nextInt(body.size)
        return when (random.nextInt(9)) {
            0 -> random.nextBytes(random.nextInt(1, 400))

            1 -> body.copyOf(at)

            2 -> body.copyOfRange(at, body.size)

            3 -> body.copyOf().also { it[at] = random.nextBytes(1)[0] }

            4 -> body.copyOf(at) + other

            5 -> body.copyOf(at) + BROKEN_UTF8.random(random) + body.copyOfRange(at, body.size)

            6 -> body.copyOf(at) + WORDS.random(random).encodeToByteArray() + body.copyOfRange(at, body.size)

            7 -> body.copyOf(at) + body.copyOfRange(at, minOf(body.size, at + random.nextInt(60))) + body.copyOfRange(at, body.size)

            else -> body.copyOf(at) + WORDS.random(random).repeat(random.nextInt(2_000)).encodeToByteArray() +
                body.copyOfRange(at, body.size)
        }
    }

    private companion object {
        val BROKEN_UTF8 =
            listOf(
                byteArrayOf(-1),
                byteArrayOf(-30, -126),
                byteArrayOf(-16, -97, -104),
                byteArrayOf(-64, -128),
                byteArrayOf(-19, -96, -128),
            )
        val WORDS =
            listOf(
                "\n",
                "\r",
                "\r\n\r\n",
                "data: ",
                "data:[DONE]\n\n",
                "event: error\n",
                ": x\n",
                "{",
                "}",
                "[",
                "]",
                "\"",
                "\\u",
                "\\",
                "null",
                "1e999",
                "-",
                ",",
                ":",
                "\u0000",
                "\uFEFF",
            )
    }
}
