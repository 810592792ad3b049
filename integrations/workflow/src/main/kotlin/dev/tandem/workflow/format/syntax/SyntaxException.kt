package dev.tandem.workflow.format.syntax

/** A text that is no JSON or no YAML, or more than anybody means. */
internal class SyntaxException(val line: Int, message: String, val isTooLarge: Boolean = false) : RuntimeException(message)
