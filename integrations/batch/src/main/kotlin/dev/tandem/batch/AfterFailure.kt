package dev.tandem.batch

/** What becomes of items that failed in an earlier run with the same journal. */
public enum class AfterFailure {
    /** They are tried again. */
    RETRY,

    /** They are tried again if their error said that it may help. */
    RETRY_IF_IT_MAY_HELP,

    /** They have failed, and the result says so by an [EarlierFailureException]. */
    KEEP,
}
