package dev.tandem.journal

import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.intOrNull
import kotlinx.serialization.json.put
import java.nio.file.Path

/** What is in a journal. Its first line says so, and nothing else is taken for it. */
public class Kind(
    private val name: String,
    /** For messages: `a batch`. */
    private val words: String,
    private val version: Int,
) {
    internal val beginning: String = "{\"$JOURNAL\":\"$name\","

    internal fun header(more: JsonObject): JsonObject = buildJsonObject {
        put(JOURNAL, name)
        put(VERSION, version)
        more.forEach { (name, value) -> put(name, value) }
    }

    /** What [header] says besides. */
    internal fun check(path: Path, header: JsonObject?): JsonObject {
        if ((header?.get(JOURNAL) as? JsonPrimitive)?.contentOrNull != name) throw foreign(path)
        val found = (header[VERSION] as? JsonPrimitive)?.intOrNull
        if (found != version) {
            throw JournalException(path, "is of version $found, and this library writes $version: use the one that began it", null)
        }
        return JsonObject(header - JOURNAL - VERSION)
    }

    internal fun foreign(path: Path) = JournalException(path, "is no journal of $words: name another file, this one is left as it is", null)

    private companion object {
        const val JOURNAL = "journal"
        const val VERSION = "version"
    }
}
