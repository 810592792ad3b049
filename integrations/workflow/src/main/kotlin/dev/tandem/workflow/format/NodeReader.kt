package dev.tandem.workflow.format

import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.ApprovalNode
import dev.tandem.workflow.ConditionNode
import dev.tandem.workflow.DelayNode
import dev.tandem.workflow.HttpNode
import dev.tandem.workflow.JoinNode
import dev.tandem.workflow.MapNode
import dev.tandem.workflow.Node
import dev.tandem.workflow.NodeBuilder
import dev.tandem.workflow.NodeFunction
import dev.tandem.workflow.SubWorkflowNode
import dev.tandem.workflow.TransformNode
import dev.tandem.workflow.WorkNodeBuilder
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.format.FormatProblem.Kind

/** Makes nodes of what a file says. */
internal class NodeReader(private val parts: WorkflowParts, private val workflow: (Fields) -> Workflow?) {
    private val options = OptionsReader(parts)
    private val policies = PolicyReader(parts)
    private val kinds: Map<String, (Fields) -> Node?> = mapOf(
        "agent" to ::agent,
        "transform" to ::transform,
        "condition" to ::condition,
        "map" to ::map,
        "join" to { fields -> read(fields, JoinNode::builder, { of("tolerant", Spot::boolean, it::tolerant) }) { it.build() } },
        "delay" to ::delay,
        "approval" to ::approval,
        "http" to ::http,
        "workflow" to ::nested,
    )

    /** Null where something is wrong. */
    fun node(fields: Fields): Node? {
        val kind = fields.needed("kind", "agent")?.text()
        val read = kinds[kind]
        if (read != null) return read(fields)
        fields["kind"]?.takeIf { kind != null }?.wrong(
            Kind.UNKNOWN_KIND,
            "there is no kind '$kind' of nodes, only ${kinds.keys.joinToString()}: write one of them",
        )
        // Or nobody would hear of it until the kind is right.
        fields.needed("name", "summary")?.text()
        return null
    }

    private fun agent(fields: Fields): Node? = read(fields, AgentNode::builder, { builder ->
        needed("prompt", "Summarise {{node.text}}")
        of("prompt", Spot::text) { builder.prompt = it }
        of("system", Spot::text, builder::system)
        of("client", Spot::text, builder::client)
        of("model", Spot::text, builder::model)
        of("options", Spot::fields) { builder.options(options.read(it)) }
        of("tools", Spot::items) { tools -> tools.forEach { tool(it, builder) } }
        of("answer", { part("answer", parts.answers) }, builder::answer)
    }) { it.build() }

    private fun tool(spot: Spot, builder: AgentNode.Builder) {
        val tool = spot.part("tool", parts.tools) ?: return
        spot.trying { builder.tool(tool) }
    }

    private fun transform(fields: Fields): Node? {
        var function: NodeFunction? = null
        return read(fields, TransformNode::builder, { builder ->
            needed("function", "clean")
            function = function(this, builder::functionName)
        }) { it.build(checkNotNull(function)) }
    }

    private fun condition(fields: Fields): Node? {
        var function: NodeFunction? = null
        return read(fields, ConditionNode::builder, { builder ->
            function = function(this, builder::functionName)
            of("value", Spot::text, builder::on)
            of("cases", Spot::entries) { cases -> cases.forEach { (value, spot) -> spot.text()?.let { builder.branch(value, it) } } }
            of("otherwise", Spot::text, builder::otherwise)
        }) { builder -> function?.let(builder::build) ?: builder.build() }
    }

    private fun function(fields: Fields, named: (String) -> Unit): NodeFunction? {
        val spot = fields["function"] ?: return null
        return spot.part("function", parts.functions)?.also { spot.text()?.let(named) }
    }

    private fun map(fields: Fields): Node? {
        var each: Node? = null
        return read(fields, MapNode::builder, { builder ->
            needed("over", "{{node.chapters}}")
            of("over", Spot::text, builder::over)
            of("concurrency", Spot::int, builder::concurrency)
            needed("each", "a node")
            of("each", Spot::fields) { each = node(it) }
        }) { builder -> each?.let(builder::build) }
    }

    private fun delay(fields: Fields): Node? {
        var millis: Long? = null
        return read(fields, DelayNode::builder, {
            needed("millis", "5000")
            of("millis", Spot::long) { millis = it }
        }) { builder -> millis?.let(builder::build) }
    }

    private fun approval(fields: Fields): Node? = read(fields, ApprovalNode::builder, { builder ->
        needed("question", "May {{node.plan}} be done?")
        of("question", Spot::text, builder::question)
    }) { it.build() }

    private fun http(fields: Fields): Node? = read(fields, HttpNode::builder, { builder ->
        of("method", Spot::text, builder::method)
        needed("url", "https://example.com/{{node.name}}")
        of("url", Spot::text, builder::url)
        of("headers", { asSecret().entries() }) { headers ->
            headers.forEach { (name, spot) ->
                spot.text()?.let { builder.header(name, it) }
            }
        }
        of("body", Spot::text, builder::body)
        of("maxBytes", Spot::long, builder::maxBytes)
    }) { it.build() }

    private fun nested(fields: Fields): Node? {
        var inner: Workflow? = null
        return read(fields, SubWorkflowNode::builder, { builder ->
            of("inputs", Spot::entries) { inputs -> inputs.forEach { (name, spot) -> spot.text()?.let { builder.input(name, it) } } }
            needed("workflow", "a name and nodes")
            of("workflow", Spot::fields) { inner = workflow(it) }
        }) { builder -> inner?.let(builder::build) }
    }

    private fun <B : NodeBuilder<B>> read(fields: Fields, builder: (String) -> B, own: Fields.(B) -> Unit, build: (B) -> Node?): Node? {
        val problems = fields.whole.problems
        val before = problems.count
        val name = fields.needed("name", "summary")
        val made = name?.text()?.let { name.trying { builder(it) } } ?: builder("unnamed")
        with(fields) {
            own(made)
            of("id", Spot::text, made::id)
            of("outputName", Spot::text, made::outputName)
            of("after", Spot::texts) { made.after(*it.toTypedArray()) }
            of("timeoutMillis", Spot::long, made::timeoutMillis)
            if (made is WorkNodeBuilder<*>) of("retry", policies::retry) { made.retry = it }
            of("onFailure", policies::failure, made::onFailure)
            close()
        }
        return if (problems.count > before) null else fields.whole.trying { build(made) }
    }
}
