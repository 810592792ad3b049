package dev.tandem.testing

import kotlin.random.Random

/** The ways to cut a body that a reader of it must not notice. */
public object WireSplits {
    private const val SHORT_BYTES = 300
    private const val RANDOM_SPLITS = 40
    private const val MOST_CUTS = 16

    /** In two at every place, or, when it is long, at random places; and byte by byte. The same for the same [body]. */
    @JvmStatic
    public fun of(body: ByteArray): List<List<ByteArray>> = byteByByte(body) + if (body.size <= SHORT_BYTES) inTwo(body) else atRandom(body)

    /** In two at every place. */
    @JvmStatic
    public fun inTwo(body: ByteArray): List<List<ByteArray>> = (1 until body.size).map { cut(body, listOf(it)) }

    /** All cuts at once; of an empty body there is no way to cut it. */
    @JvmStatic
    public fun byteByByte(body: ByteArray): List<List<ByteArray>> =
        if (body.size < 2) emptyList() else listOf(cut(body, (1 until body.size).toList()))

    private fun atRandom(body: ByteArray): List<List<ByteArray>> {
        val random = Random(body.contentHashCode())
        return List(RANDOM_SPLITS) { cut(body, List(random.nextInt(1, MOST_CUTS)) { random.nextInt(1, body.size) }.distinct().sorted()) }
    }

    private fun cut(body: ByteArray, places: List<Int>): List<ByteArray> =
        (listOf(0) + places).zip(places + body.size) { from, to -> body.copyOfRange(from, to) }
}
