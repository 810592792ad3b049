package sample

import androidx.lifecycle.SavedStateHandle
import androidx.lifecycle.ViewModel
import androidx.lifecycle.viewModelScope
import dev.tandem.AiClient
import kotlinx.coroutines.flow.filterNot
import kotlinx.coroutines.launch
import kotlinx.serialization.json.Json

/** What is Android's about a chat. */
class ChatViewModel(saved: SavedStateHandle, ai: AiClient) : ViewModel() {
    private val kept: String? = saved["lines"]
    val chat = ChatStateHolder(ai, viewModelScope, kept?.let { Json.decodeFromString<List<Line>>(it) } ?: emptyList())

    init {
        viewModelScope.launch { chat.state.filterNot { it.isBusy }.collect { saved["lines"] = Json.encodeToString(it.lines) } }
    }
}
