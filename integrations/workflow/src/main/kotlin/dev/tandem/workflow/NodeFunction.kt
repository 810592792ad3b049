package dev.tandem.workflow

/** What a node does that is code. */
public fun interface NodeFunction {
    /** Text, number, boolean, null, list, map or JsonElement. What it throws is the node's failure. */
    public suspend fun run(inputs: NodeInputs): Any?
}
