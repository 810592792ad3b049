package dev.tandem.workflow

import dev.tandem.structured.AnswerType
import dev.tandem.structured.answerType
import dev.tandem.workflow.type.Classes
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

    /** The same as a [type]; null where the output is. */
    public fun <T : Any> outputAs(node: String, type: AnswerType<T>): T? =
        output(node)?.let { Classes.read(it, type, "the output of '$node'") }

    /** The same for a class: a serializable one, or with `tandem-java` a record or another class of Java's. */
    public fun <T : Any> outputAs(node: String, type: Class<T>): T? = outputAs(node, Classes.typeOf(type))

    /** `inputs.outputAs<City>("facts")` */
    @JvmSynthetic
    public inline fun <reified T : Any> outputAs(node: String): T? = outputAs(node, answerType<T>())

    /** The text of the only node right before this one. */
    public fun text(): String {
        val only =
            requireNotNull(parents.keys.singleOrNull()) { "there are ${parents.size} nodes before this one (${parents.keys}): name one" }
        return text(only).orEmpty()
    }

    /** What a node for each is at, as a [type]; null elsewhere. */
    public fun <T : Any> itemAs(type: AnswerType<T>): T? = item?.let { Classes.read(it, type, "item $index") }

    /** The same for a class. */
    public fun <T : Any> itemAs(type: Class<T>): T? = itemAs(Classes.typeOf(type))

    /** `inputs.itemAs<City>()` */
    @JvmSynthetic
    public inline fun <reified T : Any> itemAs(): T? = itemAs(answerType<T>())

    /** An input as a [type]; null where it was not given. */
    public fun <T : Any> inputAs(name: String, type: AnswerType<T>): T? = inputs[name]?.let { Classes.read(it, type, "the input '$name'") }

    /** The same for a class. */
    public fun <T : Any> inputAs(name: String, type: Class<T>): T? = inputAs(name, Classes.typeOf(type))

    /** `inputs.inputAs<City>("home")` */
    @JvmSynthetic
    public inline fun <reified T : Any> inputAs(name: String): T? = inputAs(name, answerType<T>())

    /** An input as text, without quotes; null where it was not given. */
    public fun input(name: String): String? = inputs[name]?.let { (it as? JsonPrimitive)?.content ?: it.toString() }
}
