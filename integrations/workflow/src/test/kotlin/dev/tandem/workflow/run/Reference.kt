package dev.tandem.workflow.run

import kotlin.random.Random

/** A random workflow, and what becomes of it by rules as plain as can be: one node after the other, in an order of their own. */
internal class Reference(random: Random) {
    enum class Policy { FAIL, SKIP, FALLBACK }

    class Step(
        val name: String,
        val parents: List<Int>,
        val fails: Boolean,
        val policy: Policy,
        val isTolerant: Boolean,
        /** Of a condition: the places of the children that it chooses. Null of all others. */
        var chooses: Set<Int>? = null,
    )

    val steps: List<Step> = List(random.nextInt(1, 30)) { place ->
        val parents = (0 until place).filter { random.nextInt(place.coerceAtLeast(3)) < 2 }
        Step("n$place", parents, random.nextInt(6) == 0, Policy.entries.random(random), isTolerant = random.nextInt(5) == 0)
    }

    init {
        for ((place, step) in steps.withIndex()) {
            val children = steps.indices.filter { place in steps[it].parents }
            if (!step.isTolerant && children.isNotEmpty() && random.nextInt(4) == 0) {
                step.chooses = children.filter { random.nextBoolean() }.toSet()
            }
        }
    }

    /** `completed:` and the output, `failed`, `not chosen`, `broken`, in the order of [steps]; a failing run has none. */
    fun states(): List<String> {
        val states = ArrayList<String>()
        for ((place, step) in steps.withIndex()) {
            val edges = step.parents.map { edge(it, place, states[it]) }
            val isBroken = "broken" in edges && !(step.isTolerant && "alive" in edges)
            states += when {
                isBroken -> "broken"
                step.parents.isNotEmpty() && "alive" !in edges -> "not chosen"
                !step.fails || step.isTolerant -> "completed:" + output(place, states)
                step.policy == Policy.FALLBACK -> "completed:fallback"
                else -> "failed"
            }
        }
        return states
    }

    /** The first that ends the run; null where none does. */
    fun isFailing(states: List<String>): Boolean = states.withIndex().any { (i, state) ->
        state == "failed" &&
            steps[i].policy == Policy.FAIL
    }

    private fun edge(parent: Int, child: Int, state: String): String {
        val chosen = steps[parent].chooses
        return when {
            state == "failed" || state == "broken" -> "broken"
            state == "not chosen" -> "dead"
            state == "completed:fallback" -> if (chosen == null) "alive" else "dead"
            chosen != null && child !in chosen -> "dead"
            else -> "alive"
        }
    }

    private fun output(place: Int, states: List<String>): String {
        val before = steps[place].parents.filter { states[it].startsWith("completed:") }
        return "n$place(" + before.joinToString(",") { steps[it].name } + ")"
    }
}
