@file:JvmName("-Assembly")

package dev.tandem

import dev.tandem.accounting.Books
import dev.tandem.cache.Caching
import dev.tandem.cache.SemanticCaching
import dev.tandem.embedding.Parts
import dev.tandem.error.AiException
import dev.tandem.error.BudgetExceededException
import dev.tandem.error.CircuitOpenException
import dev.tandem.error.ForbiddenException
import dev.tandem.error.ModelNotFoundException
import dev.tandem.error.NoTurnException
import dev.tandem.error.NotFoundException
import dev.tandem.error.QuotaExceededException
import dev.tandem.error.TimeLimitException
import dev.tandem.error.TlsException
import dev.tandem.error.UnauthorizedException
import dev.tandem.model.Timer
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Target
import dev.tandem.privacy.MaskingLayer
import dev.tandem.provider.Wire
import dev.tandem.resilience.Bookkeeping
import dev.tandem.resilience.Breakers
import dev.tandem.resilience.Budgets
import dev.tandem.resilience.Deadline
import dev.tandem.resilience.Fallback
import dev.tandem.resilience.Gates
import dev.tandem.resilience.Hedge
import dev.tandem.resilience.RateLimit
import dev.tandem.resilience.Retry
import dev.tandem.resilience.Route
import dev.tandem.resilience.Router
import dev.tandem.resilience.Sharing
import dev.tandem.structured.Asking
import dev.tandem.structured.Repairing
import dev.tandem.telemetry.Ledger
import dev.tandem.telemetry.Observe
import dev.tandem.telemetry.Requests
import dev.tandem.tool.ToolLoop
import kotlinx.coroutines.CoroutineScope
import kotlin.jvm.JvmName

/** The layers of a client, outermost first. What is not asked for is not there. */
internal fun layersOf(
    from: ClientBuilder<*>,
    first: Target,
    others: List<Pair<Alternative, Target>>,
    books: Books,
    breakers: Breakers?,
    ledger: Ledger,
    scope: CoroutineScope,
): List<Middleware> = buildList {
    add(Observe(ledger, books, from.clock))
    addAll(from.middleware)
    // Whoever waits for somebody else's answer has his own deadline, so it comes before the cache.
    add(Deadline(from.clock))
    add(Repairing)
    add(ToolLoop(from.clock))
    // Nobody below sees what is masked, neither a cache nor a provider; tools get it as it is.
    from.masking?.let { add(MaskingLayer(it, from.random)) }
    // Each part is kept, paid for and tried again on its own.
    add(Parts(others.filter { it.first.embeds }.map { it.second } + first, from.tokenCounter, from.embeddingConcurrency))
    from.cache?.let { add(Caching(it, scope)) }
    from.semanticCache?.let { add(SemanticCaching(it, from.embeddingModel ?: first.defaultEmbeddingModel, from.clock)) }
    if (others.isNotEmpty()) add(Fallback(routerOf(from, first, others), from.alternativeFor))
    // By now it is known who is asked.
    add(Asking)
    if (from.retry.maxAttempts > 1) add(Retry(from.retry, from.obeysLimits, from.random))
    from.hedging?.let { add(Hedge(it, from.clock)) }
    breakers?.let(::add)
    if (from.budgets.isNotEmpty()) add(Budgets(from.budgets.toList(), books, from.tokenCounter))
    val sharing = from.sharedLimits?.let { Sharing(it, scope, from.clock) }
    add(Gates(from.rateLimit ?: RateLimit.builder().build(), from.concurrency, from.tokenCounter, sharing, from.obeysLimits, from.clock))
    add(Bookkeeping(books, from.tokenCounter))
    add(Requests(from.clock))
}

private fun routerOf(from: ClientBuilder<*>, first: Target, others: List<Pair<Alternative, Target>>): Router {
    val routes = others.map { (other, target) ->
        Route(target, other.model ?: target.defaultModel, other.embeddingModel, other.embeds, other.weight)
    }
    return Router(listOf(Route(first, null, null, true, from.weight, isFirst = true)) + routes, from.routing, from.random)
}

/** What a client is connected to, and then the wire that carried it. */
internal fun close(wire: Wire, first: Target, others: List<Pair<Alternative, Target>>) {
    try {
        first.close()
        others.forEach { (_, target) -> target.close() }
    } finally {
        wire.close()
    }
}

/** Whatever another provider, another key or another model may not suffer from. */
internal fun isWorthAnother(failure: AiException): Boolean = when (failure) {
    is BudgetExceededException -> false

    is TimeLimitException -> failure.timer != Timer.TOTAL

    is CircuitOpenException, is NoTurnException, is QuotaExceededException, is UnauthorizedException, is ForbiddenException,
    is ModelNotFoundException, is NotFoundException, is TlsException,
    -> true

    else -> failure.isRetryable
}
