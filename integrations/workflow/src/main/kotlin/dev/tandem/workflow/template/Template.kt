package dev.tandem.workflow.template

import dev.tandem.workflow.template.Mention.Source

/**
 * A text that mentions outputs and inputs: `{{node.NAME.field}}`, `{{input.NAME}}`, `{{item}}`. `\{{` is a brace of the text. A lone `}}` is
 * text as well, since JSON ends like that.
 */
internal class Template private constructor(val text: String, val pieces: List<Any>) {
    /** In their order. [pieces] has them among texts. */
    val mentions: List<Mention> = pieces.filterIsInstance<Mention>()

    /** Where [position] is, as people count. */
    fun place(position: Int): String {
        val before = text.substring(0, position)
        return "line ${before.count { it == '\n' } + 1}, column ${position - before.lastIndexOf('\n')}"
    }

    companion object {
        private const val OPEN = "{{"
        private const val CLOSE = "}}"
        private const val SHOWN = 40

        /** Throws [TemplateException] for what cannot be read. */
        fun parse(text: String): Template {
            val pieces = ArrayList<Any>()
            val words = StringBuilder()
            var at = 0
            while (true) {
                val open = text.indexOf(OPEN, at)
                if (open < 0) break
                if (open > 0 && text[open - 1] == '\\') {
                    words.append(text, at, open - 1).append(OPEN)
                    at = open + OPEN.length
                    continue
                }
                words.append(text, at, open)
                val close = text.indexOf(CLOSE, open)
                if (close < 0) throw open(text, open)
                if (words.isNotEmpty()) pieces += words.toString()
                words.clear()
                pieces += mention(text, open, close)
                at = close + CLOSE.length
            }
            words.append(text, at, text.length)
            if (words.isNotEmpty()) pieces += words.toString()
            return Template(text, pieces)
        }

        private fun mention(text: String, open: Int, close: Int): Mention {
            val inside = text.substring(open + OPEN.length, close).trim()
            for (source in Source.entries) {
                if (!inside.startsWith(source.word)) continue
                val rest = inside.substring(source.word.length)
                when (source) {
                    Source.NODE, Source.INPUT -> if (rest.length > 1 &&
                        rest[0] == '.'
                    ) {
                        return Mention(source, rest.substring(1).trim(), open)
                    }

                    Source.ITEM -> if (rest.isEmpty() || rest[0] == '.' || rest[0] == '[') return Mention(source, rest, open)

                    Source.INDEX -> if (rest.isEmpty()) return Mention(source, rest, open)
                }
            }
            throw TemplateException(
                "'{{$inside}}' at ${placeIn(text, open)} is none of {{node.NAME}}, {{input.NAME}}, {{item}} and {{index}}: " +
                    "write one of them, or \\{{ for a brace of the text",
            )
        }

        private fun open(text: String, open: Int) = TemplateException(
            "'${text.substring(
                open,
            ).take(SHOWN)}' at ${placeIn(text, open)} is not closed: write }} after the name, or \\{{ for a brace of the text",
        )

        private fun placeIn(text: String, position: Int) = Template(text, emptyList()).place(position)
    }
}
