package dev.tandem.restate

import dev.tandem.workflow.durable.DurableSteps
import dev.tandem.workflow.replay.Driver
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainOnly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.test.TestScope
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.builtins.serializer
import kotlin.random.Random

class ReplaySpec :
    StringSpec({
        "a graph killed at random moments gives what it gives undisturbed, and does nothing twice that was kept" {
            repeat(100) { seed -> withClue("seed $seed") { runTest { Disturbed(seed, this).check() } } }
        }

        "a replay takes the path of the first run, whatever the order in which actions end now" {
            runTest {
                val restate = FakeRestate()
                val gate = CompletableDeferred<Unit>()
                val body: suspend (DurableSteps) -> List<Value> = { steps ->
                    Plan(seed = 7, size = 20).run(steps) { node, inputs ->
                        if (node == 19) gate.await() else delay(Random.nextLong(1, 100))
                        Value.of(node, inputs, "$node")
                    }
                }
                val first = async { Driver(restate.Attempt()).run(body) }
                testScheduler.advanceUntilIdle()
                first.cancelAndJoin()
                val path = restate.commands.toList()
                restate.begun.clear()
                gate.complete(Unit)
                Driver(restate.Attempt()).run(body)
                restate.commands.take(path.size) shouldBe path
                restate.begun shouldContainOnly listOf("node-19")
            }
        }
    })

/** Attempts at one graph, each of which is given up at some moment, until one comes through. */
private class Disturbed(seed: Int, private val scope: TestScope) {
    private val random = Random(seed)
    private val plan = Plan(seed, SIZE)
    private val restate = FakeRestate(wire = { random.nextLong(0, 20) })
    private var runs = 0

    suspend fun check() {
        var crashes = 0
        while (true) {
            val kept = restate.notices.map { restate.commands[it.command] }
            val begun = restate.begun.size
            val attempt = scope.async { attempt() }
            val moment = scope.async { delay(random.nextLong(1, LONGEST)) }
            while (crashes < CRASHES && moment.isActive && attempt.isActive) step()
            if (crashes == CRASHES) while (attempt.isActive) step()
            moment.cancelAndJoin()
            val again = restate.begun.drop(begun).map { "step $it" }
            again.intersect(kept.toSet()) shouldBe emptySet()
            again.distinct() shouldBe again
            if (attempt.isCompleted) return verify(attempt.await())
            attempt.cancelAndJoin()
            crashes++
        }
    }

    /** A millisecond, and whoever is outside answers what is asked by then. */
    private suspend fun step() {
        delay(1)
        restate.commands.filter { it.startsWith("answer ") }.forEach { restate.answer(it.removePrefix("answer "), "\"yes\"") }
    }

    private suspend fun attempt(): List<Value> = Driver(restate.Attempt()).run { steps ->
        val before: suspend (Int) -> Unit = { node ->
            if (node % 7 == 0) steps.pause("pause-$node", 5)
            if (node % 5 == 0) steps.await("answer-$node", String.serializer()) shouldBe "yes"
        }
        plan.run(steps, before) { node, inputs ->
            val run = "$node/${runs++}"
            delay(random.nextLong(0, 30))
            Value.of(node, inputs, run)
        }
    }

    private fun verify(values: List<Value>) {
        val expected = ArrayList<Value>()
        repeat(SIZE) { node -> expected += Value.of(node, plan.needs[node].map { expected[it] }, "") }
        values.map { it.of } shouldBe expected.map { it.of }
        // All that came of a step came of the one run of it that was kept.
        values.forEachIndexed { node, value -> value.heard shouldBe plan.needs[node].map { values[it].run } }
    }

    private companion object {
        const val SIZE = 25
        const val CRASHES = 6
        const val LONGEST = 80L
    }
}
