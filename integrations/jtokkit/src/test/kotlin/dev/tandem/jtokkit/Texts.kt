package dev.tandem.jtokkit

/** Texts of many kinds, by name. */
internal object Texts {
    /** What is sent most: European languages in Latin letters, code, JSON. */
    val COMMON: Map<String, String> =
        listOf(
            "english",
            "manual",
            "german",
            "french",
            "kotlin",
            "python",
            "javascript",
            "sql",
            "json",
        ).associateWith { read("common/$it") }

    val OTHERS: Map<String, String> = listOf(
        "russian",
        "chinese",
        "japanese",
        "korean",
        "arabic",
        "hindi",
        "greek",
        "polish",
        "turkish",
        "numbers",
        "urls",
        "emoji",
        "blanks",
        "base64",
    ).associateWith { read("others/$it") }

    private fun read(name: String) = checkNotNull(javaClass.getResource("texts/$name.txt")) { "no text $name" }.readText()
}
