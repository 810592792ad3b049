package dev.tandem.bench.tandem

import dev.tandem.bench.CallTally
import dev.tandem.bench.Contender
import dev.tandem.bench.NotOffered
import dev.tandem.bench.Site
import dev.tandem.bench.StreamTally
import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.run.WorkflowExecutor
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.runBlocking

/** Tandem's workflows: a node for each call, after all of the step before, whose answers are in its prompt. */
class WorkflowTandem(site: Site) : Contender {
    private val ai = Clients.open(site)
    private val executor = WorkflowExecutor.of(ai)
    private val workflows = HashMap<List<Int>, Workflow>()

    override fun steps(prompt: String, steps: IntArray, tally: CallTally): Unit = runBlocking(Dispatchers.Default) {
        val workflow = workflows.getOrPut(steps.asList()) { workflowOf(prompt, steps) }
        val begun = System.nanoTime()
        val result = executor.execute(workflow)
        for (node in result.nodes) node.error?.let(tally::failed) ?: tally.done(begun, result.nodeText(node.name))
    }

    override fun calls(prompt: String, count: Int, atOnce: Int, tally: CallTally): Unit = throw NotOffered("single calls")

    override fun streams(prompt: String, count: Int, tally: StreamTally): Unit = throw NotOffered("streams")

    override fun close() {
        executor.close()
        ai.close()
    }

    private fun workflowOf(prompt: String, steps: IntArray) = Workflow
        .builder("steps")
        .apply {
            var before = emptyArray<String>()
            steps.forEachIndexed { step, calls ->
                val names = Array(calls) { "$step-$it" }
                names.forEach {
                    add(
                        AgentNode
                            .builder(it)
                            .prompt(prompt)
                            .after(*before)
                            .build(),
                    )
                }
                before = names
            }
        }.build()
}
