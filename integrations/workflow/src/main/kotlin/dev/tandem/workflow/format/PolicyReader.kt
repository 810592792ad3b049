package dev.tandem.workflow.format

import dev.tandem.model.ToolPolicy
import dev.tandem.resilience.Jitter
import dev.tandem.resilience.RetryPolicy
import dev.tandem.workflow.FailurePolicy
import dev.tandem.workflow.format.FormatProblem.Kind
import dev.tandem.workflow.format.syntax.Said

/** How often something is tried, and what becomes of it when it fails. By its fields, or by the name of one that is code. */
internal class PolicyReader(private val parts: WorkflowParts) {
    fun retry(spot: Spot): RetryPolicy? {
        if (spot.isText) return spot.part("retry", parts.retryPolicies)
        val builder = RetryPolicy.builder()
        return spot.built(
            {
                of("maxAttempts", Spot::int, builder::maxAttempts)
                of("firstPauseMillis", Spot::long, builder::firstPauseMillis)
                of("maxPauseMillis", Spot::long, builder::maxPauseMillis)
                of("factor", Spot::double, builder::factor)
                of("jitter", { oneOf(JITTERS) }, builder::jitter)
                of("maxRetryAfterMillis", Spot::long, builder::maxRetryAfterMillis)
                of("share", Spot::double, builder::share)
                of("idempotencyHeader", Spot::text, builder::idempotencyHeader)
            },
            builder::build,
        )
    }

    fun tools(spot: Spot): ToolPolicy? {
        if (spot.isText) return spot.part("toolPolicy", parts.toolPolicies)
        val builder = ToolPolicy.builder()
        return spot.built(
            {
                of("maxRounds", Spot::int, builder::maxRounds)
                of("concurrency", Spot::int, builder::concurrency)
                of("timeoutMillis", Spot::long, builder::timeoutMillis)
                of("maxResultChars", Spot::int, builder::maxResultChars)
                of("failsWithTool", Spot::boolean, builder::failsWithTool)
            },
            builder::build,
        )
    }

    fun failure(spot: Spot): FailurePolicy? {
        if (spot.isText) return spot.oneOf(FAILURES)
        val fields = spot.fields() ?: return null
        val fallback = fields.needed("fallback", "unknown")
        fields.close()
        return fallback?.let { FailurePolicy.fallback(it.json()) }
    }

    private fun <T : Any> Spot.built(read: Fields.() -> Unit, build: () -> T): T? {
        val before = problems.count
        fields()?.apply(read)?.close()
        return if (problems.count > before) null else build()
    }

    companion object {
        val JITTERS = Jitter.entries.associateBy { it.name.lowercase() }
        val FAILURES = mapOf("failRun" to FailurePolicy.FAIL_RUN, "skipDescendants" to FailurePolicy.SKIP_DESCENDANTS)
    }
}

/** The one of [known] that has the name this says. */
internal fun <T : Any> Spot.part(what: String, known: Map<String, T>): T? {
    val name = text() ?: return null
    return known[name] ?: wrong(
        Kind.UNKNOWN_PART,
        "there is no $what named '${Said.excerpt(name)}', only ${known.keys}: mend the name, or give WorkflowParts one by $what(…)",
    )
}
