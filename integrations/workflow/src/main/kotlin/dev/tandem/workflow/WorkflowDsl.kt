@file:JvmName("-WorkflowDsl")

package dev.tandem.workflow

import dev.tandem.workflow.WorkflowInput.Type
import kotlin.time.Duration

/**
 * ```
 * val report = workflow("report") {
 *     val facts = agent("facts") { prompt = "What is known about {{input.topic}}?" }
 *     agent("summary", after = facts) { prompt = "Summarise it in one sentence" }
 * }
 * ```
 */
@JvmSynthetic
public fun workflow(name: String, build: Workflow.Builder.() -> Unit): Workflow = Workflow.builder(name).apply(build).build()

/** `agent("summary", facts) { prompt = "Summarise it in one sentence" }` */
@JvmSynthetic
public fun Workflow.Builder.agent(name: String, vararg after: Node, build: AgentNode.Builder.() -> Unit): AgentNode = added(
    AgentNode
        .builder(name)
        .behind(after)
        .apply(build)
        .build(),
)

/** `transform("count", facts) { it.text("facts")?.length }` */
@JvmSynthetic
public fun Workflow.Builder.transform(name: String, vararg after: Node, run: suspend (NodeInputs) -> Any?): TransformNode =
    added(TransformNode.builder(name).behind(after).build(NodeFunction { run(it) }))

/** [choose] gives the name of the node that is run, or a list of names; those must be connected. */
@JvmSynthetic
public fun Workflow.Builder.condition(name: String, vararg after: Node, choose: suspend (NodeInputs) -> Any?): ConditionNode =
    added(ConditionNode.builder(name).behind(after).build(NodeFunction { choose(it) }))

/** By cases: `cases("route", facts) { on = "{{node.facts.kind}}"; branch("bug", "mend") }` */
@JvmSynthetic
public fun Workflow.Builder.cases(name: String, vararg after: Node, build: ConditionNode.Builder.() -> Unit): ConditionNode = added(
    ConditionNode
        .builder(name)
        .behind(after)
        .apply(build)
        .build(),
)

/** `map("summaries", AgentNode.of("summary", "Summarise {{item}}"), chapters) { over = "{{node.chapters}}" }` */
@JvmSynthetic
public fun Workflow.Builder.map(name: String, each: Node, vararg after: Node, build: MapNode.Builder.() -> Unit): MapNode = added(
    MapNode
        .builder(name)
        .behind(after)
        .apply(build)
        .build(each),
)

/** Waits for all of [after], and for what else is connected. */
@JvmSynthetic
public fun Workflow.Builder.join(name: String, vararg after: Node, build: JoinNode.Builder.() -> Unit = {}): JoinNode = added(
    JoinNode
        .builder(name)
        .behind(after)
        .apply(build)
        .build(),
)

/** Waits for [time] when all of [after] are over. */
@JvmSynthetic
public fun Workflow.Builder.delay(name: String, time: Duration, vararg after: Node): DelayNode =
    added(DelayNode.builder(name).behind(after).build(time.inWholeMilliseconds))

/** `http("post", summary) { url = "https://…"; method = "POST"; body = "{{node.summary}}" }` */
@JvmSynthetic
public fun Workflow.Builder.http(name: String, vararg after: Node, build: HttpNode.Builder.() -> Unit): HttpNode = added(
    HttpNode
        .builder(name)
        .behind(after)
        .apply(build)
        .build(),
)

/** `approval("release", plan) { question = "May {{node.plan}} be done?" }` */
@JvmSynthetic
public fun Workflow.Builder.approval(name: String, vararg after: Node, build: ApprovalNode.Builder.() -> Unit): ApprovalNode = added(
    ApprovalNode
        .builder(name)
        .behind(after)
        .apply(build)
        .build(),
)

/** `subWorkflow("report", report, plan) { input("topic", "{{node.plan}}") }` */
@JvmSynthetic
public fun Workflow.Builder.subWorkflow(
    name: String,
    workflow: Workflow,
    vararg after: Node,
    build: SubWorkflowNode.Builder.() -> Unit = {},
): SubWorkflowNode = added(
    SubWorkflowNode
        .builder(name)
        .behind(after)
        .apply(build)
        .build(workflow),
)

/** An input that a run has to be given. */
@JvmSynthetic
public fun Workflow.Builder.input(name: String, type: Type): Workflow.Builder = input(WorkflowInput.of(name, type))

/** One that is [default] where a run is not given it. */
@JvmSynthetic
public fun Workflow.Builder.input(name: String, type: Type, default: Any?): Workflow.Builder =
    input(WorkflowInput.optional(name, type, default))

/** [to] starts when [from] is over. Twice is once. */
@JvmSynthetic
public fun Workflow.Builder.connect(from: Node, to: Node): Workflow.Builder = connect(from.name, to.name)

private fun <B : NodeBuilder<B>> B.behind(nodes: Array<out Node>): B = after(*nodes.map { it.name }.toTypedArray())

private fun <N : Node> Workflow.Builder.added(node: N): N = node.also { add(it) }
