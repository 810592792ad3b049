package dev.tandem.model

import kotlinx.serialization.json.JsonElement

/**
 * What a provider wants to see again, word for word, in the next turn: signatures of thoughts and the like. It goes back
 * only to its [owner]; others never see it. Nothing in it is for reading.
 *
 * @property owner who said it.
 * @property json as it came.
 */
public class ProviderState(public val owner: String, public val json: JsonElement) {
    override fun equals(other: Any?): Boolean = other is ProviderState && owner == other.owner && json == other.json

    override fun hashCode(): Int = 31 * owner.hashCode() + json.hashCode()

    /** Names the owner only. */
    override fun toString(): String = "ProviderState($owner)"
}
