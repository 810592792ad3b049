package dev.tandem.testing

/**
 * Rows of one kind, out of one file. How files are written is said at the top of `sse.wire`.
 *
 * @property name of the file, without its ending.
 * @property rows in the order of the file.
 */
public class WireTable private constructor(public val name: String, public val rows: List<WireRow>) {
    /** Names the file. */
    override fun toString(): String = "$name.wire"

    /** Where tables come from. */
    public companion object {
        /** The table in the resource `wire/name.wire` beside this class. */
        @JvmStatic
        public fun load(name: String): WireTable {
            val file = requireNotNull(WireTable::class.java.getResource("wire/$name.wire")) { "there is no wire/$name.wire" }
            return parse(name, file.readText())
        }

        /** A table of your own. Whatever is not understood is refused, with its line. */
        @JvmStatic
        public fun parse(name: String, text: String): WireTable = WireTable(name, WireTableParser(name).rows(text))
    }
}
