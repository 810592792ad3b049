package dev.tandem.restate.server

import dev.tandem.restate.Plan
import dev.tandem.restate.Value
import io.kotest.matchers.collections.shouldContain
import io.kotest.matchers.shouldBe
import kotlinx.serialization.json.Json

/** A graph of [NODES] steps in a [House] where things get killed. */
class Graph(private val house: House, private val seed: Int, isGated: Boolean) {
    val plan = Plan(seed, NODES)
    private val invocation = start("killed", isGated)

    /** The nodes that the journal has the value of. */
    fun kept(): Set<Int> = house.restate
        .kept(invocation)
        .map { Plan.nodeOf(it) }
        .toSet()

    /** How many steps have run again. */
    fun verify(): Int {
        val values = values("killed")
        val effects = Effects.of(house.effects)
        for ((node, value) in values.withIndex()) {
            val own = effects.filter { it.split(' ')[1] == Plan.nameOf(node) }
            own.dropWhile { !it.startsWith("heard") }.filter { it.startsWith("begin") } shouldBe emptyList()
            // All that came of a step came of the one run of it that was kept, which had come to its end.
            own.filter { it.startsWith("heard") }.toSet() shouldBe setOf("heard ${Plan.nameOf(node)} ${value.run}")
            own shouldContain "end ${Plan.nameOf(node)} ${value.run}"
            value.heard shouldBe plan.needs[node].map { values[it].run }
        }
        start("undisturbed", isGated = false)
        values.map { it.of } shouldBe values("undisturbed").map { it.of }
        return effects.count { it.startsWith("begin") } - NODES
    }

    private fun start(key: String, isGated: Boolean) =
        house.restate.start("Graph", key, """{"seed":$seed,"size":$NODES,"isGated":$isGated}""")

    private fun values(key: String): List<Value> = Json.decodeFromString(house.restate.result("Graph", key).ok())

    companion object {
        const val NODES = 50
    }
}
