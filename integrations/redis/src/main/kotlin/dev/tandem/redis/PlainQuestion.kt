@file:JvmName("-PlainQuestion")

package dev.tandem.redis

import dev.tandem.model.ChatRequest
import dev.tandem.model.Options
import dev.tandem.model.Part
import dev.tandem.model.Request
import dev.tandem.model.Role

/** The text of the one question that [request] is, or null: it says more, or wants more than a text back. */
internal fun plainQuestionOf(request: Request, ignoresParameters: Boolean): String? {
    if (request !is ChatRequest || request.options.caching == false) return null
    val message = request.messages.singleOrNull()?.takeIf { it.role == Role.USER } ?: return null
    val text = (message.parts.singleOrNull() as? Part.Text)?.text ?: return null
    return text.takeIf { request.options.wantText() && (ignoresParameters || request.options.setNothing()) }
}

private fun Options.wantText() = tools.isEmpty() && toolChoice == null && responseFormat == null

/** Nothing that changes the answer. How a call is made and booked does not. */
private fun Options.setNothing() =
    listOf(temperature, topP, topK, maxTokens, seed, frequencyPenalty, presencePenalty, user, reasoning).all { it == null } &&
        stop.isEmpty() &&
        headers.isEmpty() &&
        extra.isEmpty()
