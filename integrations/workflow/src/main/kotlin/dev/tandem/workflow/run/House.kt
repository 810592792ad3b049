package dev.tandem.workflow.run

import dev.tandem.AiClient
import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.MapNode
import dev.tandem.workflow.Node
import dev.tandem.workflow.SubWorkflowNode
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.durable.DurableSteps
import kotlinx.coroutines.sync.Semaphore
import kotlin.time.TimeSource

/** What all nodes of one run share. */
internal class House(
    val clients: Clients,
    val http: Http,
    val settings: ExecutorSettings,
    val steps: DurableSteps,
    val hub: Hub,
    val times: Times,
) {
    /** What is at work, as against what waits for others. */
    val places = Semaphore(settings.concurrency)

    class Times(val clock: TimeSource, val now: () -> Long)

    class Clients(private val usual: AiClient, private val others: Map<String, AiClient>) {
        /** Looks at all agents of [workflow] before any of them is paid for. */
        fun check(workflow: Workflow): Unit = workflow.nodes.forEach(::check)

        private fun check(node: Node) {
            when (node) {
                is AgentNode -> named(node.client)
                is MapNode -> check(node.each)
                is SubWorkflowNode -> check(node.workflow)
                else -> Unit
            }
        }

        fun named(name: String?): AiClient = if (name == null) {
            usual
        } else {
            requireNotNull(
                others[name],
            ) { "there is no client named '$name', only ${others.keys}: give the executor one by client(\"$name\", …)" }
        }
    }
}
