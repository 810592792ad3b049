package dev.tandem.retrieval.split

/** How code is put together, as far as it matters for where to cut it. */
public enum class Language {
    /** By its braces. */
    JAVA,

    /** By its braces. */
    KOTLIN,

    /** By its indentation. */
    PYTHON,

    /** And TypeScript. */
    JAVASCRIPT,
}
