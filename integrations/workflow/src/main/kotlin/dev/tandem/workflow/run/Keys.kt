package dev.tandem.workflow.run

import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.ApprovalNode
import dev.tandem.workflow.ConditionNode
import dev.tandem.workflow.DelayNode
import dev.tandem.workflow.HttpNode
import dev.tandem.workflow.JoinNode
import dev.tandem.workflow.MapNode
import dev.tandem.workflow.Node
import dev.tandem.workflow.SubWorkflowNode
import dev.tandem.workflow.TransformNode
import dev.tandem.workflow.Workflow
import kotlinx.serialization.json.JsonElement
import java.security.MessageDigest

/**
 * Under which names the steps of a run are kept: each has in it what the node does, all that comes before it, and what came of that. So a node
 * which has changed is done anew, and all after it; and so is what was made of a failure that there is no more. What a function does cannot be seen.
 */
internal class Keys(private val workflow: Workflow, inputs: Map<String, JsonElement>, private val path: String) {
    private val digest = MessageDigest.getInstance("SHA-256")
    private val given = hash(inputs.entries.sortedBy { it.key }.joinToString("\n") { (name, value) -> "$name=$value" })
    private val keys = arrayOfNulls<String>(workflow.nodeCount)
    private val outcomes = arrayOfNulls<String>(workflow.nodeCount)

    /** All before [place] is over, and it begins or is skipped. */
    fun begin(place: Int) {
        val before = workflow.graph.parentsOf(place).joinToString { "${keys[it]} ${outcomes[it]}" }
        keys[place] = hash("$given\n$before\n${wordsOf(workflow.nodes[place])}")
    }

    /** [output] is what came of [place], null for nothing. */
    fun end(place: Int, output: JsonElement?) {
        outcomes[place] = output?.let { hash("$it") }
    }

    fun stepOf(node: Node, place: Int): String = "node.$path${node.name}#${keys[place]}"

    private fun wordsOf(node: Node): String = "${node.kind} ${node.name} ${node.templates} " + when (node) {
        is AgentNode -> "${node.client} ${node.options} ${node.answer?.schema}"
        is TransformNode -> node.functionName
        is ConditionNode -> "${node.functionName} ${node.cases.map { "${it.value}=${it.target}" }} ${node.otherwise}"
        is HttpNode -> "${node.method} ${node.headers.keys}"
        is MapNode -> wordsOf(node.each)
        is SubWorkflowNode -> node.workflow.nodes.joinToString { wordsOf(it) } + node.workflow.connections + node.workflow.inputs
        is DelayNode -> "${node.millis}"
        is ApprovalNode, is JoinNode -> ""
    }

    private fun hash(text: String): String = digest.digest(text.encodeToByteArray()).take(BYTES).joinToString("") { "%02x".format(it) }

    private companion object {
        const val BYTES = 8
    }
}
