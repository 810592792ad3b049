package dev.tandem.interop;

/** Where a call is when somebody gives it up. */
enum Phase {
    CONNECTING,
    BEFORE_THE_HEAD,
    IN_MID_STREAM,
    /** Which asks the same client again, by the blocking view. */
    WITHIN_A_TOOL
}
