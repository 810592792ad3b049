package dev.tandem.workflow.template

import dev.tandem.workflow.template.Mention.Source

/** A [Mention] that is known to mean [name], "" for items, and what lies in it on [path]. */
internal class Reference(val mention: Mention, val name: String, val path: DataPath) {
    val source: Source get() = mention.source

    companion object {
        /** The longest name that it can mean, since `node.a.b` may be a node named `a.b`; null where nobody is named so. */
        fun of(mention: Mention, isName: (String) -> Boolean): Reference? {
            if (mention.source > Source.INPUT) return Reference(mention, "", DataPath.parse(mention.rest))
            val rest = mention.rest
            var end = rest.length
            while (end > 0) {
                val name = rest.substring(0, end)
                if (isName(name)) return Reference(mention, name, DataPath.parse(rest.substring(end)))
                end = rest.lastIndexOfAny(charArrayOf('.', '['), end - 1)
            }
            return null
        }
    }
}
