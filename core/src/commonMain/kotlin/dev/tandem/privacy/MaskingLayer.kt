package dev.tandem.privacy

import dev.tandem.error.AiException
import dev.tandem.error.ErrorDetails
import dev.tandem.error.MaskingException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.ImageRequest
import dev.tandem.model.MediaRequest
import dev.tandem.model.Message
import dev.tandem.model.ModelsRequest
import dev.tandem.model.ModerationRequest
import dev.tandem.model.Part
import dev.tandem.model.RawRequest
import dev.tandem.model.Request
import dev.tandem.model.ResponseFormat
import dev.tandem.model.Role
import dev.tandem.model.SpeechRequest
import dev.tandem.model.mapTexts
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.flow
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonPrimitive
import kotlin.random.Random

/** Masks what goes down and unmasks what comes up. Whatever goes wrong with that, nothing is sent. */
internal class MaskingLayer(private val masking: Masking, random: Random) : Middleware {
    private val salt = masking.secret?.encodeToByteArray() ?: random.nextBytes(SALT_BYTES)

    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        if (call.request is ModelsRequest) return next.proceed(call)
        return flow {
            val placeholders = Placeholders(masking.rules, salt)
            val masked = call.withRequest(maskedOrRefused(call, placeholders))
            val isJson = call.request.options.responseFormat
                .let { it != null && it != ResponseFormat.TEXT }
            val unmasking = Unmasking(placeholders, isJson)
            next
                .proceed(masked)
                .catch { e -> throw if (e is AiException) unmasked(e, unmasking) else e }
                .collect { item -> unmasked(item, unmasking).forEach { emit(it) } }
        }
    }

    private fun unmasked(failure: AiException, unmasking: Unmasking): AiException =
        failure.partial?.let { failure.withPartial(unmasking.whole(it)) } ?: failure

    @Suppress("UNCHECKED_CAST")
    private fun <T> unmasked(item: T, unmasking: Unmasking): List<T> = when (item) {
        is ChatEvent -> unmasking.hear(item) as List<T>
        is ChatResponse -> listOf(unmasking.whole(item) as T)
        else -> listOf(item)
    }

    private fun maskedOrRefused(call: Call<*>, placeholders: Placeholders): Request = try {
        masked(call.request, placeholders)
            ?: throw refusal(call, "$call carries what cannot be masked: leave it out, or set allowsMedia(true)", null)
    } catch (e: AiException) {
        throw e
    } catch (e: Throwable) {
        // A pattern may run out of stack: also then nothing is sent.
        throw refusal(call, "$call could not be masked, and is not sent (${e::class.simpleName}): look at the patterns of the rules", e)
    }

    /** Null for what cannot be masked. */
    private fun masked(request: Request, placeholders: Placeholders): Request? {
        val mask = { text: String -> placeholders.mask(text) }
        return when (request) {
            is ChatRequest -> {
                if (!masking.allowsMedia && request.messages.any { message -> message.parts.any { it !is Part.Text } }) return null
                ChatRequest
                    .builder()
                    .messages(masked(request.messages, placeholders))
                    .options(request.options.mapTexts(mask))
                    .build()
            }

            is EmbeddingRequest -> {
                request.withInputs(request.inputs.map(mask), request.options.mapTexts(mask))
            }

            else -> {
                val sent = if (request is MediaRequest) request.withOptions(request.options.mapTexts(mask)) else request
                sent.takeIf { masking.allowsMedia || textsIn(it)?.all { text -> masked(text, mask) == text } == true }
            }
        }
    }

    private fun masked(messages: List<Message>, placeholders: Placeholders): List<Message> {
        val mask = { text: String -> masked(text) { placeholders.mask(it) } }
        val told = messages.map { if (it.role == Role.ASSISTANT) null else it.mapTexts(mask, mask) }
        // What a provider wants to see again cannot be changed, and what it has written itself is no news to it.
        val secrets = placeholders.values.map { inJson(it) }
        return messages.mapIndexed { i, message ->
            told[i] ?: message.mapTexts(mask, mask).let { said ->
                val state = said.providerState
                    ?.json
                    ?.toString()
                    .orEmpty()
                if (secrets.any { it in state }) said.withProviderState(null) else said
            }
        }
    }

    /** JSON as such, so that a value is the same here as in a tool's hands: the n of an escape is no letter. */
    private fun masked(text: String, mask: (String) -> String): String {
        val isJson = text.trimStart().firstOrNull().let { it == '{' || it == '[' }
        val json = if (isJson) runCatching { Json.parseToJsonElement(text) }.getOrNull() else null
        if (json == null) return mask(text)
        return json.mapTexts(mask).let { if (it == json) text else it.toString() }
    }

    /** All that [request] says in words; null where it says more. */
    private fun textsIn(request: Request): List<String>? = when (request) {
        is RawRequest -> if (request.upload == null) listOf(wordsOf(request.path), request.body?.toString().orEmpty()) else null
        is ImageRequest -> listOf(request.prompt)
        is SpeechRequest -> listOf(request.text, request.instructions.orEmpty())
        is ModerationRequest -> request.inputs.map { (it as? Part.Text)?.text ?: return null }
        else -> null
    }

    private fun wordsOf(path: String) = ENCODED.replace(path.replace('+', ' ')) { decoded(it.value) }

    private fun decoded(percents: String) = percents
        .split('%')
        .drop(1)
        .map { it.toInt(16).toByte() }
        .toByteArray()
        .decodeToString()

    private fun refusal(call: Call<*>, message: String, cause: Throwable?) =
        MaskingException(message, ErrorDetails.builder().provider(call.target.name).build(), cause)

    private companion object {
        const val SALT_BYTES = 16
        val ENCODED = Regex("(%[0-9A-Fa-f]{2})+")
    }
}

/** [original] as it stands between the quotes of a JSON text. */
internal fun inJson(original: String): String = JsonPrimitive(original).toString().drop(1).dropLast(1)
