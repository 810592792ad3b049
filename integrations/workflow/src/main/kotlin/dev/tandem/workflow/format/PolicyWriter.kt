package dev.tandem.workflow.format

import dev.tandem.model.ToolPolicy
import dev.tandem.resilience.RetryPolicy
import dev.tandem.workflow.FailurePolicy
import dev.tandem.workflow.format.FormatProblem.Kind
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds

/** What a file says of policies: the name that [parts] have for this very one, or else its fields, which code is none of. */
internal class PolicyWriter(private val parts: WorkflowParts, private val problems: Problems) {
    fun retry(policy: RetryPolicy, path: String): JsonElement {
        parts.retryPolicies.entries
            .firstOrNull { it.value === policy }
            ?.let { return JsonPrimitive(it.key) }
        if (policy.hasRetryIf) {
            val message = "has a retryIf, which is code: give the policy to WorkflowParts by retry(\"a name\", policy)"
            problems.add(Kind.NOT_WRITABLE, path, null, message)
        }
        val usual = RetryPolicy.DEFAULT
        return buildJsonObject {
            put("maxAttempts", policy.maxAttempts)
            if (policy.firstPause != usual.firstPause) put("firstPauseMillis", millis(policy.firstPause, "$path.firstPauseMillis"))
            if (policy.maxPause != usual.maxPause) put("maxPauseMillis", millis(policy.maxPause, "$path.maxPauseMillis"))
            if (policy.factor != usual.factor) put("factor", policy.factor)
            if (policy.jitter != usual.jitter) put("jitter", policy.jitter.name.lowercase())
            if (policy.maxRetryAfter !=
                usual.maxRetryAfter
            ) {
                put("maxRetryAfterMillis", millis(policy.maxRetryAfter, "$path.maxRetryAfterMillis"))
            }
            if (policy.share != usual.share) put("share", policy.share)
            policy.idempotencyHeader?.let { put("idempotencyHeader", it) }
        }
    }

    fun tools(policy: ToolPolicy, path: String): JsonElement {
        parts.toolPolicies.entries
            .firstOrNull { it.value === policy }
            ?.let { return JsonPrimitive(it.key) }
        if (policy.hasApproval) {
            val message = "has an approval, which is code: give the policy to WorkflowParts by toolPolicy(\"a name\", policy)"
            problems.add(Kind.NOT_WRITABLE, path, null, message)
        }
        val usual = ToolPolicy.DEFAULT
        return buildJsonObject {
            put("maxRounds", policy.maxRounds)
            if (policy.concurrency != usual.concurrency) put("concurrency", policy.concurrency)
            if (policy.timeout != usual.timeout) put("timeoutMillis", millis(policy.timeout, "$path.timeoutMillis"))
            if (policy.maxResultChars != usual.maxResultChars) put("maxResultChars", policy.maxResultChars)
            if (policy.failsWithTool != usual.failsWithTool) put("failsWithTool", policy.failsWithTool)
        }
    }

    fun failure(policy: FailurePolicy): JsonElement = policy.fallback?.let { JsonObject(mapOf("fallback" to it)) }
        ?: JsonPrimitive(
            PolicyReader.FAILURES.entries
                .first { it.value == policy }
                .key,
        )

    fun millis(time: Duration, path: String): Long {
        val millis = time.inWholeMilliseconds
        if (millis.milliseconds != time) problems.add(Kind.NOT_WRITABLE, path, null, "is $time: give it whole milliseconds")
        return millis
    }
}
