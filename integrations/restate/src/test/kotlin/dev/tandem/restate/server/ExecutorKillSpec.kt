package dev.tandem.restate.server

import dev.tandem.workflow.durable.Decision
import dev.tandem.workflow.durable.JournalSteps
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.ints.shouldBeInRange
import io.kotest.matchers.shouldBe
import kotlinx.serialization.json.Json
import java.nio.file.Path
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.random.Random

/** An executor whose steps a real Restate server keeps, in processes that are killed as the system kills. */
class ExecutorKillSpec :
    StringSpec({
        "kill -9 at random moments of fifty nodes: nothing kept is done again, somebody answers meanwhile, the result is as ever" {
            val seed = Random.nextInt()
            withClue("seed $seed") {
                val undisturbed = Undisturbed.of(seed, tempdir().toPath().resolve("journal"))
                House().use { house ->
                    Desk().use { desk -> withClue(house::said) { Disturbed(house, desk, seed, undisturbed).run() } }
                }
            }
        }
    })

/** What comes of [fifty] where nobody dies, and which steps it takes. */
private class Undisturbed(val outcome: List<String>, val asked: Set<String>, val ran: Set<String>) {
    companion object {
        suspend fun of(seed: Int, journal: Path): Undisturbed = Desk().use { desk ->
            val ran = ConcurrentLinkedQueue<String>()
            val outcome = JournalSteps.open(journal).use { steps ->
                steps.decide("ok", Decision.yes("Ann"))
                withExecutor(desk.url) { outcomeOf(it.execute(fifty(seed, ran::add), emptyMap(), steps)) }
            }
            outcome.size shouldBe 50
            Undisturbed(outcome, desk.asked().keys, ran.toSet())
        }
    }
}

/** The same with [KILLS] of them before the approval, one while that is waited for, and [KILLS] after it. */
private class Disturbed(private val house: House, private val desk: Desk, private val seed: Int, private val undisturbed: Undisturbed) {
    /** What the journal had the value of when [pid] was dead. */
    private class Kill(val pid: String, val kept: Set<String>)

    private val random = Random(seed)
    private val invocation = house.restate.start("Fifty", "killed", """{"seed":$seed,"url":"${desk.url}"}""")
    private val kills = ArrayList<Kill>()

    fun run() {
        val early = undisturbed.asked.count { !it.startsWith("late") }
        killSomewhere(1..early)
        do {
            val call = house.referee.next()
        } while (call.name != "awaits approval.ok")
        kill()
        house.restate.answerLater("Fifty", "killed", """{"name":"approval.ok","value":{"isYes":true,"by":"Ann","comment":null}}""")
        house.startProgram()
        killSomewhere(early + 1..undisturbed.asked.size)
        Json.decodeFromString<List<String>>(house.restate.result("Fifty", "killed").ok()) shouldBe undisturbed.outcome
        verify()
    }

    /** When a step is asked for that makes it so many; it gets no answer. */
    private fun killSomewhere(moments: IntRange) {
        for (moment in moments.shuffled(random).take(KILLS).sorted()) {
            desk.holdAt(moment)
            desk.awaitHeld("${house.pid}")
            kill()
            desk.holdAt(Int.MAX_VALUE)
            house.startProgram()
        }
    }

    private fun kill() {
        house.killProgram()
        val names = house.restate.kept(invocation)
        kills += Kill("${house.pid}", names.map { it.removePrefix("node.").replace(HASH, "") }.toSet())
    }

    private fun verify() {
        val ran = Effects.of(house.effects).groupBy({ it.substringAfter(' ') }, { it.substringBefore(' ') })
        ran.keys shouldBe undisturbed.ran
        desk.asked().keys shouldBe undisturbed.asked
        val runs = ran + desk.asked()
        for ((step, pids) in runs) withClue("$step of ${kills.map { it.pid }}") { pids.distinct() shouldBe pids }
        kills.forEachIndexed { i, kill ->
            val before = kills.take(i + 1).map { it.pid }
            for (step in kill.kept) withClue("$step, kept when ${kill.pid} was dead") { runs[step].orEmpty() - before shouldBe emptyList() }
        }
        val again = runs.values.sumOf { it.size - 1 }
        val inFlight = kills.sumOf { kill -> runs.count { (step, pids) -> kill.pid in pids && step !in kill.kept } }
        println(
            "seed $seed: ${kills.size} kills in 50 nodes of ${runs.size} steps: " +
                "$again runs over again, of $inFlight that were in flight and not kept",
        )
        // The one that was held each time, if no other.
        again shouldBeInRange 2 * KILLS..inFlight
    }

    private companion object {
        const val KILLS = 4
        val HASH = Regex("#[0-9a-f]+")
    }
}
