package sample

import dev.tandem.AiClient
import dev.tandem.error.AiException
import dev.tandem.model.ChatRequest
import dev.tandem.model.Message
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import kotlin.coroutines.CoroutineContext

/**
 * All of a chat's view model that is not Android's. Its functions belong to one thread, the main one; the calls end with
 * [scope], and their sockets with them.
 */
class ChatStateHolder(
    private val ai: AiClient,
    private val scope: CoroutineScope,
    lines: List<Line> = emptyList(),
    private val background: CoroutineContext = Dispatchers.Default,
) {
    private val shown = MutableStateFlow(ChatState(lines))
    private var turn: Job? = null

    val state: StateFlow<ChatState> = shown.asStateFlow()

    /** Asks, unless an answer is under way. */
    fun send(text: String) {
        if (text.isBlank() || state.value.isBusy) return
        ask(state.value.lines + Line(isMine = true, text))
    }

    /** Asks once more what was not answered, or not to its end. */
    fun retry() {
        val asked = state.value.lines.dropLastWhile { !it.isMine }
        if (state.value.problem != null && asked.isNotEmpty()) ask(asked)
    }

    /** Closes the connection. What has come stays on the screen, and the model is told of it with the next question. */
    fun stop() {
        turn?.cancel()
    }

    private fun ask(lines: List<Line>) {
        shown.value = ChatState(lines, isBusy = true)
        val asking = scope.launch { hear(requestOf(lines)) }
        // Also when it was stopped before it had begun.
        asking.invokeOnCompletion { shown.update { it.copy(isBusy = false) } }
        turn = asking
    }

    private suspend fun hear(request: ChatRequest) {
        try {
            ai.streamText(request).flowOn(background).collect { piece -> shown.update { it.copy(lines = it.lines.saying(piece)) } }
        } catch (e: AiException) {
            shown.update { it.copy(problem = problemOf(e)) }
        }
    }

    private fun requestOf(lines: List<Line>): ChatRequest = ChatRequest
        .builder()
        .system("Answer in a few sentences.")
        .messages(lines.takeLast(TOLD).map { if (it.isMine) Message.user(it.text) else Message.assistant(it.text) })
        .build()

    private fun List<Line>.saying(piece: String): List<Line> {
        val said = lastOrNull()?.takeUnless { it.isMine } ?: return this + Line(isMine = false, piece)
        return dropLast(1) + said.copy(text = said.text + piece)
    }

    private companion object {
        /** More of a long talk would only cost. */
        const val TOLD = 40
    }
}
