package dev.tandem.restate

import dev.tandem.workflow.durable.DurableSteps
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.serialization.Serializable
import kotlin.random.Random

/** A random graph of [size] nodes: each one waits for some of those before it, and has its step then. */
class Plan(seed: Int, val size: Int) {
    val needs: List<List<Int>> = Random(seed).let { random ->
        List(size) { node ->
            List(random.nextInt(4)) {
                if (node ==
                    0
                ) {
                    -1
                } else {
                    random.nextInt(node)
                }
            }.filter { it >= 0 }.distinct().sorted()
        }
    }

    /** The nodes that can go on when [done] are, and are not themselves. */
    fun ready(done: Set<Int>): Set<Int> = (0 until size).filter { it !in done && done.containsAll(needs[it]) }.toSet()

    /** A coroutine for each node, a channel for each edge. */
    suspend fun run(
        steps: DurableSteps,
        before: suspend (Int) -> Unit = {},
        heard: suspend (Int, Value) -> Unit = { _, _ -> },
        work: suspend (node: Int, inputs: List<Value>) -> Value,
    ): List<Value> = coroutineScope {
        val edges = needs.flatMapIndexed { node, sources -> sources.map { it to node } }.associateWith { Channel<Value>(1) }
        val values = arrayOfNulls<Value>(size)
        repeat(size) { node ->
            launch {
                val inputs = needs[node].map { edges.getValue(it to node).receive() }
                before(node)
                val value = steps.step(nameOf(node), Value.serializer()) { work(node, inputs) }
                heard(node, value)
                values[node] = value
                for ((edge, channel) in edges) if (edge.first == node) channel.send(value)
            }
        }
        values
    }.map { it!! }

    companion object {
        fun nameOf(node: Int): String = "node-$node"

        fun nodeOf(name: String): Int = name.removePrefix("node-").toInt()
    }
}

/** [of] depends on the graph alone; [run] says which of the runs of the step this is from, and [heard] from which those it was made of. */
@Serializable
data class Value(val of: Int, val run: String, val heard: List<String>) {
    companion object {
        fun of(node: Int, inputs: List<Value>, run: String): Value =
            Value(inputs.fold(node) { sum, it -> 31 * sum + it.of }, run, inputs.map { it.run })
    }
}
