package dev.tandem.temporal

import dev.tandem.workflow.FailurePolicy
import dev.tandem.workflow.TransformNode
import dev.tandem.workflow.Workflow
import kotlinx.coroutines.delay
import kotlin.random.Random

/** [size] nodes, each after up to three of those before it; some fail, and have something instead. [begun] hears of each that begins. */
fun graphOf(seed: Int, size: Int, begun: suspend (String) -> Unit = {}): Workflow {
    val random = Random(seed)
    val builder = Workflow.builder("graph-$seed")
    repeat(size) { n ->
        val before = List(minOf(n, random.nextInt(4))) { "n${random.nextInt(n)}" }.distinct()
        val millis = random.nextLong(1, 30)
        val isBad = random.nextInt(8) == 0
        val node = TransformNode.builder("n$n").after(*before.toTypedArray()).onFailure(FailurePolicy.fallback("none of n$n"))
        builder.add(
            node.build { inputs ->
                begun("n$n")
                delay(millis)
                check(!isBad) { "n$n is bad" }
                "n$n:" + inputs.parents.entries
                    .joinToString()
                    .hashCode()
            },
        )
    }
    return builder.build()
}

/** `n7` of `node.n7#1f…`. */
fun nodeOf(step: String): String = step.removePrefix("node.").substringBefore('#')
