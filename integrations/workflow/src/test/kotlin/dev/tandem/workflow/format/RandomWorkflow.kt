package dev.tandem.workflow.format

import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.ApprovalNode
import dev.tandem.workflow.ConditionNode
import dev.tandem.workflow.DelayNode
import dev.tandem.workflow.FailurePolicy
import dev.tandem.workflow.HttpNode
import dev.tandem.workflow.JoinNode
import dev.tandem.workflow.MapNode
import dev.tandem.workflow.Node
import dev.tandem.workflow.NodeBuilder
import dev.tandem.workflow.SubWorkflowNode
import dev.tandem.workflow.TransformNode
import dev.tandem.workflow.WorkNodeBuilder
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.WorkflowInput
import dev.tandem.workflow.WorkflowInput.Type
import kotlin.random.Random

/** Workflows of all kinds of nodes with all their settings; [isRunnable] ones need nobody's answer and no network. */
internal class RandomWorkflow(private val random: Random, private val isRunnable: Boolean) {
    private val text = RandomText(random)
    private val settings = RandomSettings(random, text)

    fun next(depth: Int = 0): Workflow {
        val names = List(random.nextInt(1, 9)) { text.name() + it }
        val builder = Workflow.builder(text.name())
        val inputs = List(random.nextInt(3)) { input("input$it") }
        inputs.forEach(builder::input)
        val before = names.indices.map { place -> names.take(place).filter { random.nextInt(4) == 0 } }
        for ((place, name) in names.withIndex()) {
            val connected = before[place].filter { random.nextBoolean() }
            connected.shuffled(random).forEach { builder.connect(it, name) }
            val after = (before[place] - connected.toSet()).shuffled(random)
            val node = node(name, after, before[place], names.drop(place + 1), inputs.map { it.name }, depth)
            builder.add(node)
            // A function has to have somebody to choose from.
            if (node is ConditionNode && node.functionName != null) builder.connect(name, names.drop(place + 1).random(random))
        }
        return builder.build()
    }

    private fun input(name: String): WorkflowInput {
        val default = listOf("a", 1, 2.5, true, null, listOf(1, "no"), mapOf("yes" to text.any())).random(random)
        val input = if (isRunnable ||
            random.nextBoolean()
        ) {
            WorkflowInput.optional(name, Type.ANY, default)
        } else {
            WorkflowInput.of(name, Type.TEXT)
        }
        return if (random.nextBoolean()) input.describedAs(text.any()) else input
    }

    private fun node(
        name: String,
        after: List<String>,
        parents: List<String>,
        later: List<String>,
        inputs: List<String>,
        depth: Int,
    ): Node {
        val mentions = parents.filter { '{' !in it && '}' !in it }.map { "{{node.$it}}" } + inputs.map { "{{input.$it}}" }
        val template = { text.prompt() + mentions.filter { random.nextBoolean() }.joinToString("") { " $it" } }
        val kind = if (isRunnable) RUNNABLE.random(random) else KINDS.random(random)
        return when {
            kind == "condition" && later.isNotEmpty() -> {
                condition(name, later, template).with(after).build()
            }

            kind == "function" && later.isNotEmpty() -> {
                ConditionNode
                    .builder(name)
                    .with(after)
                    .functionName("choose")
                    .build(PARTS.functions.getValue("choose"))
            }

            kind == "map" -> {
                MapNode
                    .builder(name)
                    .with(after)
                    .apply {
                        over = template()
                    }.concurrency(random.nextInt(1, 9))
                    .build(each(depth, mentions))
            }

            kind == "workflow" && depth < 2 -> {
                nested(name, depth, mentions).let { (builder, inner) -> builder.with(after).build(inner) }
            }

            else -> {
                plain(kind, name, template, after)
            }
        }
    }

    private fun plain(kind: String, name: String, template: () -> String, after: List<String>): Node = when (kind) {
        "agent" -> {
            agent(name, template()).with(after).build()
        }

        "transform" -> {
            TransformNode
                .builder(name)
                .with(after)
                .functionName("shout")
                .build(PARTS.functions.getValue("shout"))
        }

        "delay" -> {
            DelayNode.builder(name).with(after).build(random.nextLong(5_000))
        }

        "approval" -> {
            ApprovalNode
                .builder(name)
                .with(after)
                .question(template())
                .build()
        }

        "http" -> {
            http(name, template).with(after).build()
        }

        else -> {
            JoinNode
                .builder(name)
                .with(after)
                .tolerant(random.nextBoolean())
                .build()
        }
    }

    private fun agent(name: String, prompt: String) = AgentNode.builder(name).also { builder ->
        builder.prompt(prompt)
        if (random.nextBoolean()) builder.system(text.prompt())
        if (random.nextBoolean()) builder.options(settings.options())
        if (random.nextInt(4) == 0) builder.tool(PARTS.tools.values.random(random))
        if (!isRunnable && random.nextInt(3) == 0) builder.client(text.any())
        if (!isRunnable && random.nextInt(4) == 0) builder.answer(PARTS.answers.values.random(random))
    }

    private fun http(name: String, template: () -> String) = HttpNode.builder(name).also { builder ->
        builder.url("https://example.com/" + template()).method(listOf("GET", "POST").random(random))
        if (random.nextBoolean()) builder.header(text.any(), template())
        if (random.nextBoolean()) builder.body(template())
        if (random.nextBoolean()) builder.maxBytes(random.nextLong(1, 1_000_000))
    }

    private fun condition(name: String, later: List<String>, template: () -> String) = ConditionNode.builder(name).also { builder ->
        builder.on(template())
        List(random.nextInt(1, 4)) { text.any() }.distinct().forEach { builder.branch(it, later.random(random)) }
        if (random.nextBoolean()) builder.otherwise(later.random(random))
    }

    private fun each(depth: Int, mentions: List<String>): Node = when (random.nextInt(if (depth < 2) 3 else 2)) {
        0 -> {
            agent("each", "{{item}} {{index}} " + text.prompt()).with(emptyList()).build()
        }

        1 -> {
            TransformNode
                .builder("each")
                .with(emptyList())
                .functionName("shout")
                .build(PARTS.functions.getValue("shout"))
        }

        else -> {
            nested("each", depth, mentions + "{{item}}").let { (builder, inner) -> builder.with(emptyList()).build(inner) }
        }
    }

    private fun nested(name: String, depth: Int, values: List<String>): Pair<SubWorkflowNode.Builder, Workflow> {
        val inner = next(depth + 1)
        val builder = SubWorkflowNode.builder(name)
        inner.inputs.forEach { builder.input(it.name, values.randomOrNull(random) ?: text.prompt()) }
        return builder to inner
    }

    private fun <B : NodeBuilder<B>> B.with(after: List<String>): B = apply {
        after(*after.toTypedArray())
        if (random.nextInt(5) == 0) id("id of $name")
        if (random.nextInt(5) == 0) outputName(text.any())
        if (random.nextInt(5) == 0) timeoutMillis(random.nextLong(60_000, 1_000_000))
        if (this is WorkNodeBuilder<*> && random.nextInt(4) == 0) retry = settings.retry()
        if (random.nextInt(4) == 0) {
            onFailure(listOf(FailurePolicy.SKIP_DESCENDANTS, FailurePolicy.fallback(settings.json())).random(random))
        }
    }

    companion object {
        private val RUNNABLE = listOf("agent", "transform", "condition", "function", "map", "join", "delay", "workflow")
        private val KINDS = RUNNABLE + listOf("approval", "http")
        val PARTS: WorkflowParts = RandomSettings.PARTS
    }
}
