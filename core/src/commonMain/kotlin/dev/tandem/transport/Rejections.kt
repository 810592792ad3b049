@file:JvmName("-Rejections")

package dev.tandem.transport

import dev.tandem.error.AiException
import dev.tandem.error.ContentFilteredException
import dev.tandem.error.ContextLengthException
import dev.tandem.error.ErrorDetails
import dev.tandem.error.ForbiddenException
import dev.tandem.error.InvalidRequestException
import dev.tandem.error.ModelNotFoundException
import dev.tandem.error.NotFoundException
import dev.tandem.error.OverloadedException
import dev.tandem.error.QuotaExceededException
import dev.tandem.error.RateLimitedException
import dev.tandem.error.ServerException
import dev.tandem.error.UnauthorizedException
import dev.tandem.error.UnexpectedContentException
import dev.tandem.platform.Clock
import dev.tandem.transport.Answer.Companion.named
import kotlin.jvm.JvmName
import kotlin.time.Duration.Companion.seconds

/** A status that is not success, with whatever the server says of it. */
internal suspend fun rejectionOf(answer: Answer): AiException = rejectionOf(answer, explanationOf(answer))

/** The same where [text] is all that the server says. */
internal fun rejectionOf(answer: AnswerHead, text: String): AiException {
    if (answer.status in REDIRECTS) return redirect(answer)
    val details =
        answer
            .details()
            .excerpt(answer.excerptOf(text).ifEmpty { null })
            .retryAfter(retryAfterOf(answer, text))
            .isRetryable(isRetryableBy(answer))
    val body = ErrorBody.of(text) ?: ErrorBody(answer.excerptOf(text).ifEmpty { "no further word" }, null, null)
    return rejectionOf(answer.status, body, details) { answer.redact(it) }
}

/** The status has said what matters, even if the connection breaks or falls silent before the words. */
private suspend fun explanationOf(answer: Answer): String = try {
    Clock.withinOrNull(EXPLANATION_TIME) { answer.text(Answer.ERROR_BODY_BYTES) }.orEmpty()
} catch (_: AiException) {
    ""
}

/** An error that came under the status 200, as a whole answer or in the midst of a stream. */
internal fun rejectionOf(status: Int?, body: ErrorBody, known: ErrorDetails.Builder, redact: (String) -> String): AiException {
    val details = known.code(body.code ?: body.type).build()
    val who = listOfNotNull(details.provider, status).joinToString(" ")
    val message = "$who: ${redact(body.message).take(MESSAGE_CHARS)}${named(details.requestId)}"
    // The codes first: they say more than the status.
    return when {
        body.marks.any { it in QUOTA } -> QuotaExceededException(message, details)
        body.marks.any { it in CONTEXT } -> ContextLengthException(message, details)
        body.marks.any { it in FILTERED } -> ContentFilteredException(message, details)
        body.marks.any { it in MODEL } -> ModelNotFoundException(message, details)
        body.marks.any { it in OVERLOADED } -> OverloadedException(message, details)
        body.marks.any { it in KEY } -> byStatus(UNAUTHORIZED, message, body, details)
        else -> byStatus(statusOf(status, body), message, body, details)
    }
}

/** Under 200 the error itself must say what it is. */
private fun statusOf(status: Int?, body: ErrorBody): Int =
    status ?: body.code?.toIntOrNull() ?: body.marks.firstNotNullOfOrNull(STATUS_OF::get) ?: UNKNOWN

private fun byStatus(status: Int, message: String, body: ErrorBody, details: ErrorDetails): AiException = when (status) {
    400, 413, 422 -> byWords(message, body, details)
    402 -> QuotaExceededException(message, details)
    401 -> UnauthorizedException("$message. Check the API key", details, null)
    403 -> ForbiddenException(message, details)
    404 -> notFound(message, body, details)
    429 -> RateLimitedException(message, details)
    498, 503, 529 -> OverloadedException(message, details)
    408, 409, 499 -> ServerException(message, details, null)
    in 400..499 -> InvalidRequestException(message, details)
    else -> ServerException(message, details, null)
}

/** Many servers have no code for these two, so there is nothing but the words. */
private fun byWords(message: String, body: ErrorBody, details: ErrorDetails): AiException = when {
    CONTEXT_WORDS.containsMatchIn(body.message) -> ContextLengthException(message, details)
    QUOTA_WORDS.containsMatchIn(body.message) -> QuotaExceededException(message, details)
    else -> InvalidRequestException(message, details)
}

/** A model that is not there, or an address: nothing but the words says which. */
private fun notFound(message: String, body: ErrorBody, details: ErrorDetails): AiException =
    if (MODEL_WORDS.containsMatchIn(body.message)) {
        ModelNotFoundException(message, details)
    } else {
        NotFoundException("$message. Check the base URL and the model", details)
    }

private fun redirect(answer: AnswerHead): AiException {
    // The query may carry a token, and helps nobody.
    val address = answer.header("Location")?.substringBefore('?')?.let(answer::redact)
    return UnexpectedContentException(
        "answered ${answer.status}, a redirect to $address. It is not followed, " +
            "since the key would go with it: set the base URL to the right address",
        answer.details().build(),
    )
}

private val EXPLANATION_TIME = 10.seconds

/** Some servers quote the whole request. */
private const val MESSAGE_CHARS = 1000
private const val UNAUTHORIZED = 401
private const val UNKNOWN = 500
private val REDIRECTS = 300..399
private val QUOTA = setOf("insufficient_quota", "billing_hard_limit_reached", "billing_hard_limit", "billing_error", "billing_not_active")
private val CONTEXT = setOf("context_length_exceeded", "model_context_window_exceeded", "exceed_context_size_error")
private val FILTERED = setOf("content_filter", "content_policy_violation", "image_content_policy_violation", "ResponsibleAIPolicyViolation")
private val MODEL = setOf("model_not_found", "invalid_model", "DeploymentNotFound")

/** Google answers 400 to a wrong key. */
private val KEY = setOf("API_KEY_INVALID")
private val OVERLOADED =
    setOf("overloaded_error", "engine_overloaded", "overloaded", "UNAVAILABLE", "server_is_overloaded", "service_unavailable_error")
private val CONTEXT_WORDS =
    Regex(
        "maximum context length|context window|exceed context limit|prompt is too long|input is too long|too many tokens|" +
            "maximum number of tokens",
        RegexOption.IGNORE_CASE,
    )
private val QUOTA_WORDS = Regex("credit balance is too low|reached your specified .*usage limits", RegexOption.IGNORE_CASE)

/** `model: x` is all that Anthropic says of a model it does not know. */
private val MODEL_WORDS = Regex("^model: \\S+$|^models?[ /].{1,200} (is )?not found", RegexOption.IGNORE_CASE)
private val STATUS_OF =
    mapOf(
        "invalid_api_key" to 401,
        "authentication_error" to 401,
        "UNAUTHENTICATED" to 401,
        "permission_error" to 403,
        "PERMISSION_DENIED" to 403,
        "not_found_error" to 404,
        "NOT_FOUND" to 404,
        "request_too_large" to 413,
        "rate_limit_error" to 429,
        "rate_limit_exceeded" to 429,
        "too_many_requests" to 429,
        "RESOURCE_EXHAUSTED" to 429,
        "invalid_request_error" to 400,
        "invalid_prompt" to 400,
        "INVALID_ARGUMENT" to 400,
        "FAILED_PRECONDITION" to 400,
    )
