package dev.tandem.workflow

import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonPrimitive

/** What a function of a workflow has to work with. */
public class NodeInputs internal constructor(
    /** What the run was given. */
    public val inputs: Map<String, JsonElement>,
    /** Of each node right before this one that was not skipped, by its name. */
    public val parents: Map<String, JsonElement>,
    /** What a node for each is at; null elsewhere. */
    public val item: JsonElement?,
    /** The number of that, from 0. */
    public val index: Int?,
    private val isNode: (String) -> Boolean,
    private val outputs: (String) -> JsonElement?,
) {
    /** The output of a node that is over, however far back; null where it was skipped or is not over yet. A name that no node has is refused. */
    public fun output(node: String): JsonElement? {
        require(isNode(node)) { "there is no node named '$node' in this workflow: mend the name" }
        return outputs(node)
    }

    /** The same as text, without quotes. */
    public fun text(node: String): String? = output(node)?.let { (it as? JsonPrimitive)?.content ?: it.toString() }

    /** The text of the only node right before this one. */
    public fun text(): String {
        val only =
            requireNotNull(parents.keys.singleOrNull()) { "there are ${parents.size} nodes before this one (${parents.keys}): name one" }
        return text(only).orEmpty()
    }

    /** An input as text, without quotes; null where it was not given. */
    public fun input(name: String): String? = inputs[name]?.let { (it as? JsonPrimitive)?.content ?: it.toString() }
}
