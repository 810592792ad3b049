package dev.tandem.provider.openai.responses

import dev.tandem.model.ProviderState
import dev.tandem.provider.http.Pages.Companion.text
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject

/** The items of an answer, which go back word for word and in their order in the next turn. */
internal object ReturnedItems {
    fun stateOf(owner: String, items: List<JsonObject>): ProviderState? =
        if (items.isEmpty()) null else ProviderState(owner, JsonArray(items))

    /**
     * Null when there are none. A server that [keeps] its answers knows all of them by id. To any other a thought means
     * something only where it is encrypted, and an item that names a thought it does not get is refused: without the
     * thought it goes nameless. A thought that led to nothing is refused as well.
     */
    fun of(state: JsonElement?, keeps: Boolean): List<JsonElement>? {
        val items = (state as? JsonArray)?.filterIsInstance<JsonObject>() ?: return null
        val known = if (keeps || items.none(::isLost)) items else items.filterNot(::isLost).map { JsonObject(it - "id") }
        return known.dropLastWhile(::isThought).ifEmpty { null }
    }

    private fun isThought(item: JsonObject) = item.text("type") == "reasoning"

    private fun isLost(item: JsonObject) = isThought(item) && item.text("encrypted_content") == null
}
