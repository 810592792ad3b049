package dev.tandem.resilience

import dev.tandem.pipeline.Call
import kotlin.random.Random

/** Puts routes into the order in which they are tried. */
internal class Router(private val routes: List<Route>, private val routing: Routing, private val random: Random) {
    fun orderFor(call: Call<*>): List<Route> {
        val able = routes.filter { it.answers(call) }
        val first = firstFor(call, able)
        return if (first === able.first()) able else listOf(first) + (able - first)
    }

    /** One conversation stays with one route: its provider may have kept the beginning of the prompt. */
    private fun firstFor(call: Call<*>, routes: List<Route>): Route = when (routing) {
        Routing.ORDERED -> {
            routes.first()
        }

        Routing.WEIGHTED -> {
            weighted(call.request.options.conversation, routes)
        }

        Routing.LEAST_LOADED -> {
            call.request.options.conversation
                ?.let { weighted(it, routes) } ?: routes.minBy { it.load }
        }
    }

    private fun weighted(conversation: String?, routes: List<Route>): Route {
        val chance = if (conversation == null) random else Random(conversation.hashCode())
        var at = chance.nextLong(routes.sumOf { it.weight.toLong() })
        return routes.first {
            at -= it.weight
            at < 0
        }
    }
}
