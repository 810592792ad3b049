package dev.tandem.restate.server

import dev.tandem.restate.Plan
import dev.tandem.restate.server.Graph.Companion.NODES
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeIn
import io.kotest.matchers.collections.shouldContainAll
import io.kotest.matchers.shouldBe
import kotlin.random.Random

class KillSpec :
    StringSpec({
        "kill -9 at ten random moments of fifty steps: what was kept is not done again, and what was in flight is" {
            House().use { house ->
                Killing(house, kills = 10, extras = 3, kill = house::killProgram, revive = house::startProgram).run()
            }
        }

        "kill -9 of the server itself" {
            House().use { house -> Killing(house, kills = 2, extras = 1, kill = house::killServer, revive = house::startServer).run() }
        }

        "kill -9 in full flight" {
            val seed = Random.nextInt()
            House().use { house ->
                withClue("seed $seed") {
                    withClue(house::said) {
                        val random = Random(seed)
                        val graph = Graph(house, seed, isGated = false)
                        var kills = 0
                        while (kills < 10 && (0..random.nextInt(8)).none { house.referee.next().name == "over" }) {
                            house.killProgram()
                            house.startProgram()
                            kills++
                        }
                        println("$kills kills in $NODES steps in full flight: ${graph.verify()} runs over again")
                    }
                }
            }
        }
    })

/** One step after the other is let go, and now and then, with fewer than [extras] just let go and others under way, comes the end. */
private class Killing(
    private val house: House,
    private val kills: Int,
    private val extras: Int,
    private val kill: () -> Unit,
    private val revive: () -> Unit,
) {
    private val seed = Random.nextInt()
    private val random = Random(seed)
    private val graph = Graph(house, seed, isGated = true)
    private var kept = emptySet<Int>()
    private var inFlight = emptySet<Int>()

    /** How many were in flight when it came, and not kept; and how many began at once in the next attempt. */
    private var lost = 0
    private var again = 0

    fun run() = withClue("seed $seed") {
        withClue(house::said) {
            for (moment in List(kills) { random.nextInt(NODES) }.sorted()) {
                attempt(until = moment)
                kill()
                revive()
            }
            attempt(until = NODES)
            println("$kills kills in $NODES steps: ${graph.verify()} runs over again, for $lost that were in flight and not kept")
            again shouldBe lost
        }
    }

    private fun attempt(until: Int) {
        val held = HashMap<Int, Referee.Call>()
        val first = house.referee.next()
        // This attempt has begun: nothing comes of the one before any more.
        val before = kept
        kept = graph.kept()
        kept shouldContainAll before
        lost += (inFlight - kept).size
        val done = kept.toMutableSet()
        hold(first, held, done)
        while (true) {
            while (held.keys != graph.plan.ready(done)) hold(house.referee.next(), held, done)
            if (done.size >= until) break
            val node = held.keys.random(random)
            held.remove(node)!!.go()
            done += node
        }
        inFlight = held.keys + (done - kept)
        if (until == NODES) return
        held.values
            .shuffled(random)
            .take(random.nextInt(extras).coerceAtMost(NODES - 1 - done.size))
            .forEach { it.go() }
    }

    private fun hold(call: Referee.Call, held: MutableMap<Int, Referee.Call>, done: Set<Int>) {
        val node = Plan.nodeOf(call.name)
        withClue("what begins, of what may begin") { node shouldBeIn graph.plan.ready(done) - held.keys }
        held[node] = call
        if (node in inFlight) again++
    }
}
