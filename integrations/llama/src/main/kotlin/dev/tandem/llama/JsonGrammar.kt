@file:JvmName("-JsonGrammar")

package dev.tandem.llama

import dev.tandem.model.ResponseFormat

/** Null where the answer is free text. */
internal fun grammarOf(format: ResponseFormat?): String? = when {
    format == null || format === ResponseFormat.TEXT -> null
    format is ResponseFormat.JsonSchema -> SchemaGrammar(format.schema).text()
    else -> "root ::= object\n" + JsonGrammar.RULES
}

/** Any JSON, without spaces between its parts. */
internal object JsonGrammar {
    val RULES =
        """
        value ::= object | array | string | number | boolean | null
        object ::= "{" (member ("," member)*)? "}"
        member ::= string ":" value
        array ::= "[" (value ("," value)*)? "]"
        string ::= "\"" ([^"\\\x7F\x00-\x1F] | "\\" (["\\/bfnrt] | "u" [0-9a-fA-F]{4}))* "\""
        number ::= integer ("." [0-9]{1,15})? ([eE] [-+]? [0-9]{1,3})?
        integer ::= "-"? ("0" | [1-9] [0-9]{0,15})
        boolean ::= "true" | "false"
        null ::= "null"
        """.trimIndent() + "\n"
}
