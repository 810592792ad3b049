package dev.tandem.workflow.template

/** What stands between `{{` and `}}`, not yet known to which name it belongs, since names may hold dots and spaces. */
internal class Mention(
    val source: Source,
    /** What comes after `node.` and its like. */
    val rest: String,
    /** Of its first brace, from 0. */
    val position: Int,
) {
    enum class Source(val word: String) {
        /** What a node has given. */
        NODE("node"),

        /** What the run was given. */
        INPUT("input"),

        /** What a node for each is at. */
        ITEM("item"),

        /** The number of that, from 0. */
        INDEX("index"),
    }

    /** As it is written. */
    override fun toString(): String = "{{" + source.word + (if (source <= Source.INPUT) ".$rest" else rest) + "}}"
}
