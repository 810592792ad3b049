package dev.tandem.workflow.run

import dev.tandem.model.Usage
import dev.tandem.structured.AnswerType
import dev.tandem.structured.answerType
import dev.tandem.workflow.type.Classes
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive

/** What came of a run: all that was done, also where it failed. */
public class WorkflowResult internal constructor(
    /** The same in all events of the run. */
    public val runId: String,
    /** Its name. */
    public val workflow: String,
    /** How it ended. */
    public val state: RunState,
    /** Why the run failed: of a node a [NodeFailedException] that names it. Null where it did not. */
    public val error: Throwable?,
    /** Of this run; what an earlier one with the same journal did is not in it. */
    public val executionTimeMillis: Long,
    /** All nodes, parents before children. */
    public val nodes: List<NodeRecord>,
    private val inputs: Map<String, JsonElement>,
    private val names: Map<String, Name>,
) {
    /** By which other names a node is known. */
    internal class Name(val id: String, val output: String)

    private val byName by lazy {
        HashMap<String, NodeRecord>(nodes.size * 2).also { all ->
            for (node in nodes) names[node.name]?.let { all[it.id] = node }
            for (node in nodes) all[node.name] = node
        }
    }

    /** Whether it was completed, perhaps without nodes that may fail. */
    public val isSuccess: Boolean get() = state == RunState.COMPLETED

    /** Whether it has failed; being cancelled is no failure. */
    public val isFailed: Boolean get() = state == RunState.FAILED

    /** Of all nodes. */
    public val usage: Usage get() = nodes.fold(Usage.NONE) { sum, node -> sum + node.usage }

    /** Those that failed, also where the run went on without them. */
    public val failures: List<NodeRecord> get() = nodes.filter { it.error != null }

    /** By name or id. */
    public fun node(nameOrId: String): NodeRecord? = byName[nameOrId]

    /** By name or id; null where it has none. */
    public fun nodeOutput(nameOrId: String): JsonElement? = node(nameOrId)?.output

    /** The same as text, without quotes. */
    public fun nodeText(nameOrId: String): String? = nodeOutput(nameOrId)?.let(::textOf)

    /** The same as a [type]; a text that is JSON as what it says. [IllegalArgumentException] tells that it does not fit. */
    public fun <T : Any> nodeAs(nameOrId: String, type: AnswerType<T>): T? =
        nodeOutput(nameOrId)?.let { Classes.read(it, type, "the output of '$nameOrId'") }

    /** The same for a class: a serializable one, or with `tandem-java` a record or another class of Java's. */
    public fun <T : Any> nodeAs(nameOrId: String, type: Class<T>): T? = nodeAs(nameOrId, Classes.typeOf(type))

    /** `result.nodeAs<City>("facts")` */
    @JvmSynthetic
    public inline fun <reified T : Any> nodeAs(nameOrId: String): T? = nodeAs(nameOrId, answerType<T>())

    /** Of nodes that have one, by their names. */
    public val allNodeOutputs: Map<String, JsonElement> get() = outputs { it.name }

    /** The same as texts, without quotes. */
    public val allNodeTexts: Map<String, String> get() = allNodeOutputs.mapValues { textOf(it.value) }

    /** The output under this name, or else the input: as text, without quotes. Null where there is none. */
    public fun variable(key: String): String? = allVariables[key]?.let(::textOf)

    /** The same as a [type]; a text that is JSON as what it says. */
    public fun <T : Any> variableAs(key: String, type: AnswerType<T>): T? =
        allVariables[key]?.let { Classes.read(it, type, "the variable '$key'") }

    /** The same for a class. */
    public fun <T : Any> variableAs(key: String, type: Class<T>): T? = variableAs(key, Classes.typeOf(type))

    /** `result.variableAs<City>("home")` */
    @JvmSynthetic
    public inline fun <reified T : Any> variableAs(key: String): T? = variableAs(key, answerType<T>())

    /** The inputs, and the outputs by their output names. */
    public val allVariables: Map<String, JsonElement> by lazy { inputs + outputs { names[it.name]?.output ?: it.name } }

    /** The same as texts, without quotes. */
    public val allVariableTexts: Map<String, String> get() = allVariables.mapValues { textOf(it.value) }

    /** This result where the run succeeded, otherwise throws its [error]. */
    public fun orThrow(): WorkflowResult = apply { error?.let { throw it } }

    override fun toString(): String =
        "WorkflowResult($workflow: $state in $executionTimeMillis ms${error?.let { ", ${it.message}" }.orEmpty()})"

    private inline fun outputs(name: (NodeRecord) -> String): Map<String, JsonElement> = buildMap {
        for (node in nodes) node.output?.let { put(name(node), it) }
    }

    private fun textOf(value: JsonElement) = (value as? JsonPrimitive)?.content ?: value.toString()
}
