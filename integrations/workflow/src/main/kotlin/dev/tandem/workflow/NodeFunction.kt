package dev.tandem.workflow

/** What a node does that is code. */
public fun interface NodeFunction {
    /**
     * Text, number, boolean, null, list, map, JsonElement, something of a serializable class, or with `tandem-java` of any record or class
     * that has something to show. What it throws is the node's failure.
     */
    public suspend fun run(inputs: NodeInputs): Any?
}
