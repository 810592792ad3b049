package dev.tandem.examples.webchat.chat;

/** How an answer ended, or that it has not. */
public enum End {
    ANSWERING,
    COMPLETE,
    STOPPED,
    CUT,
    FAILED,
    /** What was said before does not fit into the model any more. */
    FORGOTTEN
}
