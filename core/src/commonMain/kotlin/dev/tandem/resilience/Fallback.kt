package dev.tandem.resilience

import dev.tandem.error.AiException
import dev.tandem.error.NotSupportedException
import dev.tandem.model.MediaRequest
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.CallEvent
import dev.tandem.pipeline.Middleware
import dev.tandem.pipeline.Next
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.FlowCollector
import kotlinx.coroutines.flow.flow

/** Asks one target after the other, until one answers. What the caller has seen cannot be taken back, so the first item decides. */
internal class Fallback(private val router: Router, private val isWorthAnother: (AiException) -> Boolean) : Middleware {
    override fun <T> around(call: Call<T>, next: Next): Flow<T> {
        if (!call.operation.asksModel) return next.proceed(call)
        return flow {
            val routes = router.orderFor(call)
            var failure: AiException? = null
            for ((i, route) in routes.withIndex()) {
                failure = ask(route, call, next, failure, isLast = i == routes.lastIndex) ?: return@flow
                if (i < routes.lastIndex) call.tell(CallEvent.FellBack(route.target.name, routes[i + 1].target.name, failure))
            }
        }
    }

    /** Null when it has answered, or why another one is to be asked. */
    private suspend fun <T> FlowCollector<T>.ask(
        route: Route,
        call: Call<T>,
        next: Next,
        before: AiException?,
        isLast: Boolean,
    ): AiException? {
        var hasBegun = false
        route.began()
        return try {
            next.proceed(route.callFor(call)).collect {
                hasBegun = true
                emit(it)
            }
            null
        } catch (e: AiException) {
            if (hasBegun) throw e
            before?.let(e::addSuppressed)
            // Who has no such media says so, and one who has is asked by a model of his own.
            val isMissing = call.request is MediaRequest && e is NotSupportedException
            if (isLast || !(isMissing || isWorthAnother(e))) throw e
            e
        } finally {
            route.ended()
        }
    }
}
