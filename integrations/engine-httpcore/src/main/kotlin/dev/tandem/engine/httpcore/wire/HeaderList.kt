package dev.tandem.engine.httpcore.wire

import io.ktor.http.Headers
import io.ktor.http.HttpHeaders

/** Headers in their order. There are few, so looking through them beats a map. */
internal class HeaderList : Headers {
    private val names = ArrayList<String>(EXPECTED)
    private val values = ArrayList<String>(EXPECTED)

    val size: Int get() = names.size

    fun add(name: String, value: String) {
        names += name
        values += value
    }

    inline fun forEachHeader(take: (name: String, value: String) -> Unit) {
        for (i in names.indices) take(names[i], values[i])
    }

    /** Whether the body is packed; then what says so, and how long it is, goes: the reader gets it unpacked. */
    fun takeGzip(): Boolean {
        if (!get(HttpHeaders.ContentEncoding).equals("gzip", ignoreCase = true)) return false
        remove(HttpHeaders.ContentEncoding)
        remove(HttpHeaders.ContentLength)
        return true
    }

    private fun remove(name: String) {
        for (i in names.indices.reversed()) {
            if (names[i].equals(name, ignoreCase = true)) {
                names.removeAt(i)
                values.removeAt(i)
            }
        }
    }

    override val caseInsensitiveName: Boolean get() = true

    override fun get(name: String): String? {
        for (i in names.indices) if (names[i].equals(name, ignoreCase = true)) return values[i]
        return null
    }

    override fun getAll(name: String): List<String>? = names.indices
        .filter { names[it].equals(name, ignoreCase = true) }
        .map(values::get)
        .ifEmpty { null }

    override fun names(): Set<String> = names.distinctBy(String::lowercase).toSet()

    override fun entries(): Set<Map.Entry<String, List<String>>> = names().associateWith { getAll(it).orEmpty() }.entries

    override fun isEmpty(): Boolean = names.isEmpty()

    /** Names only: values may be secrets. */
    override fun toString(): String = "Headers$names"

    private companion object {
        const val EXPECTED = 16
    }
}
