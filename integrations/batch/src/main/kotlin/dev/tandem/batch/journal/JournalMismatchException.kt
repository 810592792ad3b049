package dev.tandem.batch.journal

import dev.tandem.journal.JournalException
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import java.nio.file.Path

/** It was begun by a run that did something else: what both did would be mixed up. */
public class JournalMismatchException internal constructor(path: Path, then: JsonObject, now: JsonObject) :
    JournalException(
        path,
        "was begun with another configuration (${differences(then, now)}): go on with that one, or name another journal",
        null,
    ) {
        private companion object {
            const val LONGEST = 60

            fun differences(then: JsonObject, now: JsonObject) = (then.keys + now.keys)
                .filter { then[it] != now[it] }
                .joinToString { "$it was ${shown(then[it])} and is ${shown(now[it])}" }

            fun shown(value: JsonElement?) = value?.toString()?.take(LONGEST) ?: "not set"
        }
    }
