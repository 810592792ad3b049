package dev.tandem.workflow.type

import dev.tandem.structured.AnswerType
import kotlinx.serialization.json.JsonElement

/**
 * Knows classes that kotlinx.serialization does not, such as Java's records. `tandem-java` brings one; it is found by the class path, where
 * `META-INF/services` names it.
 */
public interface ClassTypes {
    /** [IllegalArgumentException] where nothing of the class can be read. */
    public fun <T : Any> typeOf(type: Class<T>): AnswerType<T>

    /** [value] as JSON. [IllegalArgumentException] where it has nothing to show. */
    public fun jsonOf(value: Any): JsonElement
}
