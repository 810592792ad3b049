package dev.tandem.workflow.format

import dev.tandem.structured.AnswerType
import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.ApprovalNode
import dev.tandem.workflow.ConditionNode
import dev.tandem.workflow.DelayNode
import dev.tandem.workflow.FailurePolicy
import dev.tandem.workflow.HttpNode
import dev.tandem.workflow.JoinNode
import dev.tandem.workflow.MapNode
import dev.tandem.workflow.Node
import dev.tandem.workflow.SubWorkflowNode
import dev.tandem.workflow.TransformNode
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.format.FormatProblem.Kind
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonObjectBuilder
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put

/** What a file says of a node. What is as it would be anyway is left out. */
internal class NodeWriter(
    private val parts: WorkflowParts,
    private val problems: Problems,
    private val workflow: (Workflow, path: String) -> JsonObject,
) {
    private val policies = PolicyWriter(parts, problems)
    private val options = OptionsWriter(policies, problems)

    fun write(node: Node, path: String): JsonObject = buildJsonObject {
        put("name", node.name)
        put("kind", node.kind)
        if (node.id != node.name) put("id", node.id)
        if (node.after.isNotEmpty()) put("after", texts(node.after))
        own(node, path)
        if (node.outputName != node.name) put("outputName", node.outputName)
        node.timeoutMillis?.let { put("timeoutMillis", it) }
        node.retry?.let { put("retry", policies.retry(it, "$path.retry")) }
        if (node.onFailure != FailurePolicy.FAIL_RUN) put("onFailure", policies.failure(node.onFailure))
    }

    private fun JsonObjectBuilder.own(node: Node, path: String) {
        when (node) {
            is AgentNode -> {
                agent(node, path)
            }

            is TransformNode -> {
                put("function", node.functionName)
            }

            is ConditionNode -> {
                condition(node, path)
            }

            is MapNode -> {
                put("over", node.over)
                put("concurrency", node.concurrency)
                put("each", write(node.each, "$path.each"))
            }

            is JoinNode -> {
                if (node.isTolerant) put("tolerant", true)
            }

            is DelayNode -> {
                put("millis", node.millis)
            }

            is ApprovalNode -> {
                put("question", node.question)
            }

            is HttpNode -> {
                http(node)
            }

            is SubWorkflowNode -> {
                if (node.inputs.isNotEmpty()) put("inputs", textsByName(node.inputs))
                put("workflow", workflow(node.workflow, "$path.workflow"))
            }
        }
    }

    private fun JsonObjectBuilder.agent(node: AgentNode, path: String) {
        node.client?.let { put("client", it) }
        node.options.model?.let { put("model", it) }
        node.system?.let { put("system", it) }
        put("prompt", node.prompt)
        options.write(node.options, "$path.options").takeIf { it.isNotEmpty() }?.let { put("options", it) }
        if (node.options.tools.isNotEmpty()) put("tools", texts(node.options.tools.map { it.name }))
        node.answer?.let { put("answer", nameOf(it, "$path.answer")) }
    }

    /** By the name that [parts] have for this very type; otherwise by its own, unless that would read as another one. */
    private fun nameOf(answer: AnswerType<*>, path: String): String {
        parts.answers.entries
            .firstOrNull { it.value === answer }
            ?.let { return it.key }
        val other = parts.answers[answer.name] ?: return answer.name
        if (other.schema != answer.schema) {
            val message = "WorkflowParts has another answer named '${answer.name}': give it this one by answer(\"another name\", type)"
            problems.add(Kind.NOT_WRITABLE, path, null, message)
        }
        return answer.name
    }

    private fun JsonObjectBuilder.condition(node: ConditionNode, path: String) {
        node.functionName?.let { put("function", it) }
        // Not `on`, which many a reader of YAML takes for true.
        node.on?.let { put("value", it) }
        val cases = LinkedHashMap<String, JsonPrimitive>()
        for (case in node.cases) {
            if (cases.putIfAbsent(case.value, JsonPrimitive(case.target)) == null) continue
            val message = "the value '${case.value}' has two branches, of which the first is always taken: leave out the other one"
            problems.add(Kind.NOT_WRITABLE, "$path.cases", null, message)
        }
        if (cases.isNotEmpty()) put("cases", JsonObject(cases))
        node.otherwise?.let { put("otherwise", it) }
    }

    private fun JsonObjectBuilder.http(node: HttpNode) {
        put("method", node.method)
        put("url", node.url)
        if (node.headers.isNotEmpty()) put("headers", textsByName(node.headers))
        node.body?.let { put("body", it) }
        if (node.maxBytes != USUAL_HTTP.maxBytes) put("maxBytes", node.maxBytes)
    }

    companion object {
        private val USUAL_HTTP = HttpNode.get("usual", "https://")

        fun texts(texts: Collection<String>) = JsonArray(texts.map(::JsonPrimitive))

        fun textsByName(texts: Map<String, String>) = JsonObject(texts.mapValues { JsonPrimitive(it.value) })
    }
}
