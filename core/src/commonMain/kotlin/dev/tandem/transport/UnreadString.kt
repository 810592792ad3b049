package dev.tandem.transport

/** The place of a string in an event's outermost object that nobody reads. */
internal class UnreadString private constructor(val from: Int, val to: Int) {
    companion object {
        private const val QUOTE = '"'.code.toByte()
        private const val OPEN = '{'.code.toByte()
        private const val CLOSE = '}'.code.toByte()
        private const val LF = '\n'.code.toByte()
        private const val CR = '\r'.code.toByte()
        private val DATA = "data:".encodeToByteArray()

        /**
         * That of [name], if the event in [bytes] from [from] to [to] is of one line of data and has it behind [behind], which is
         * where another string ends.
         */
        fun of(name: String, bytes: ByteArray, from: Int, behind: Int, to: Int): UnreadString? {
            if (to - from < DATA.size || DATA.indices.any { bytes[from + it] != DATA[it] }) return null
            val wanted = "\"$name\":\"".encodeToByteArray()
            var depth = 0
            var at = from
            while (at < to) {
                when (bytes[at]) {
                    OPEN -> {
                        depth++
                    }

                    CLOSE -> {
                        depth--
                    }

                    LF, CR -> {
                        return null
                    }

                    QUOTE -> {
                        if (depth == 1 && at > behind && at + wanted.size < to && wanted.indices.all { bytes[at + it] == wanted[it] }) {
                            val begin = at + wanted.size
                            return UnreadString(begin, JsonText.endOfPlain(bytes, begin, to)).takeIf { it.to in begin until to }
                        }
                        at = JsonText.endOf(bytes, at + 1, to)
                        if (at < 0) return null
                    }
                }
                at++
            }
            return null
        }
    }
}
