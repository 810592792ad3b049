package dev.tandem.workflow.run

import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.ConditionNode
import dev.tandem.workflow.Filled
import dev.tandem.workflow.HttpNode
import dev.tandem.workflow.Node
import dev.tandem.workflow.TransformNode
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.template.Escaping
import dev.tandem.workflow.template.Filling
import dev.tandem.workflow.template.Mention
import dev.tandem.workflow.template.Reference
import dev.tandem.workflow.type.Classes
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** What agents, transforms, conditions and HTTP nodes do, and what maps have them do for each item. */
internal class Work(private val house: House, private val workflow: Workflow, private val values: Values) {
    /** What comes of [node] at [place]; [item] is what a map is at. */
    suspend fun of(node: Node, place: Int, filled: Filled, item: Values.Item?, started: Started, effort: Effort): NodeDone {
        val at = { reference: Reference -> values.at(reference, item) }
        val input = inputOf(node, place, filled, at, item)
        val output = Trying(house, node, started, effort).run {
            when (node) {
                is AgentNode -> Asking(house, started.name, node).answer(input, filled.own[AgentNode.SYSTEM]?.text(at))
                is TransformNode -> Classes.jsonOf(node.function.run(values.forFunction(place, item)))
                is ConditionNode -> choice(node, place, filled, at)
                is HttpNode -> house.http.send(node, http(node, filled, at), node.timeoutMillis ?: house.settings.nodeTimeoutMillis)
                else -> error("$node does nothing itself")
            }
        }
        val chosen = if (node is ConditionNode) namesIn(output) else null
        return effort.done(output, chosen, input.takeIf { house.settings.recordsInputs })
    }

    private fun inputOf(node: Node, place: Int, filled: Filled, at: (Reference) -> JsonElement?, item: Values.Item?): String = when (node) {
        is AgentNode -> {
            val prompt = filled.own.getValue(AgentNode.PROMPT).text(at)
            // Within a map, what is before it is what the list was made of.
            if (item != null) prompt else Asking.promptOf(prompt, values.contentsBefore(place) - mentionedBy(filled))
        }

        is HttpNode -> {
            "${node.method} ${address(filled, at)}"
        }

        else -> {
            if (house.settings.recordsInputs) (item?.value ?: JsonObject(values.parentsOf(place))).toString() else ""
        }
    }

    private fun mentionedBy(filled: Filled): Set<String> = filled
        .fillings()
        .flatMap { it.references }
        .filter { it.source == Mention.Source.NODE }
        .mapNotNullTo(HashSet()) { workflow.node(it.name)?.name }

    private suspend fun choice(node: ConditionNode, place: Int, filled: Filled, at: (Reference) -> JsonElement?): JsonElement {
        val function = node.function
        if (function != null) return chosen(node, place, Classes.jsonOf(function.run(values.forFunction(place, null))))
        val text = filled.own.values
            .single()
            .text(at)
        val target = node.cases.firstOrNull { it.fits(text) }?.target ?: node.otherwise
        return chosen(node, place, JsonArray(listOfNotNull(target).map(::JsonPrimitive)))
    }

    /** The names of what was chosen, which must come after it. */
    fun chosen(node: ConditionNode, place: Int, choice: JsonElement): JsonElement {
        val children = workflow.graph.childrenOf(place)
        val names = namesIn(choice).map { name ->
            val child = workflow.placeOf(name)
            require(child != null && child in children) {
                "condition '${node.name}' chose '$name', which does not come after it, only ${children.map {
                    workflow.nodes[it].name
                }}: connect it"
            }
            JsonPrimitive(workflow.nodes[child].name)
        }
        return JsonArray(names)
    }

    private fun http(node: HttpNode, filled: Filled, at: (Reference) -> JsonElement?) = Http.Filled(
        address(filled, at),
        node.headers.keys.associateWith { filled.own.getValue("header $it").text(at) },
        filled.own[HttpNode.BODY]?.text(at, Escaping::inBody),
    )

    private fun address(filled: Filled, at: (Reference) -> JsonElement?) = filled.own.getValue(HttpNode.URL).text(at, Escaping::inAddress)

    companion object {
        /** One, several, or none. */
        fun namesIn(choice: JsonElement): List<String> = when (choice) {
            is JsonArray -> choice.map(Filling::textOf)
            is JsonNull -> emptyList()
            else -> listOf(Filling.textOf(choice))
        }
    }
}
