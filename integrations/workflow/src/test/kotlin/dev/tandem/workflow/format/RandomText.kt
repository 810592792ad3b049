package dev.tandem.workflow.format

import kotlin.random.Random

/** Texts that somebody will have, and those that nobody should. */
internal class RandomText(private val random: Random) {
    fun any(): String = when (random.nextInt(6)) {
        0 -> TRAPS.random(random)
        1 -> List(random.nextInt(1, 6)) { WORDS.random(random) }.joinToString(" ")
        2 -> List(random.nextInt(1, 6)) { line() }.joinToString("\n", postfix = if (random.nextBoolean()) "\n" else "")
        3 -> String(CharArray(random.nextInt(12)) { SIGNS.random(random) })
        4 -> List(random.nextInt(8)) { POINTS.random(random) }.joinToString("")
        else -> TRAPS.random(random) + SIGNS.random(random) + TRAPS.random(random)
    }

    fun name(): String = any()
        .replace("\n", "")
        .replace("}}", "")
        .trim()
        .ifEmpty { "named" }

    /** Without anything that a template could take for a mention. */
    fun prompt(): String = any().replace(Regex("\\{(?=\\{)"), "{ ").ifBlank { "Say something" }

    private fun line() = when (random.nextInt(5)) {
        0 -> ""
        1 -> "  " + WORDS.random(random) + " "
        2 -> "\t" + WORDS.random(random)
        3 -> "- " + WORDS.random(random) + ": " + TRAPS.random(random).replace("\n", "")
        else -> WORDS.random(random) + " " + WORDS.random(random)
    }

    private companion object {
        val WORDS = listOf("Summarise", "größer", "日本", "it's", "\"said\"", "C:\\dir", "# no comment", "a:b", "end", "🙂", "{\"a\": 1}")
        val TRAPS = listOf(
            "yes",
            "No",
            "off",
            "null",
            "~",
            "",
            "true",
            "1",
            "012",
            "0x1F",
            "0o17",
            "1_000",
            "12:30:45",
            "2024-01-01",
            "1e3",
            ".5",
            ".inf",
            "-",
            "?",
            ":",
            "- a",
            "a: b",
            "a #b",
            "#",
            "&a",
            "*a",
            "!!str",
            "!x",
            "%YAML",
            "@",
            "`",
            "|",
            ">",
            "'",
            "\"",
            "''",
            "\\",
            "{",
            "[",
            "]",
            ",",
            "<<",
            "=",
            "---",
            "...",
            "--- a",
            " a",
            "a ",
            "\n",
            "\n\n",
            "a\n",
            "a\n\n",
            "\na",
            " \na",
            "a\n ",
            "a \nb",
            "a\n\tb",
            "\ta\nb",
            "a\r\nb",
            "a\u0085b",
            "\u2028",
            "\ufeff",
            "\u0000",
            "\u0007",
            "\u007f",
            "\u009f",
            "a\u2029\nb",
            "x".repeat(1_100),
            "x: " + "y ".repeat(80),
            "a\n  b\n c",
            "\n  a\nb",
        )
        val SIGNS = "ab1 \n\t:#-?,[]{}&*!|>'\"%@`\\~=<.\r\u0085\u2028\u00a0\u00e4".toList()
        val POINTS = listOf("🙂", "👩‍👩‍👧", "é", "e\u0301", "\ud83c\udde6", "‮", "\u200b", "日", "\ufffd", "\u0001", "a", "\n")
    }
}
