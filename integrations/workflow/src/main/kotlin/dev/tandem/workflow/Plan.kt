package dev.tandem.workflow

import dev.tandem.workflow.graph.Graph

/** A workflow as it is run: nodes by numbers. */
internal class Plan(val graph: Graph, val filled: List<Filled>, val inputs: List<WorkflowInput>)
