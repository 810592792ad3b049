package dev.tandem.bench;

/** The client has no such operation, so there is nothing to measure. */
public final class NotOffered extends RuntimeException {
    private static final long serialVersionUID = 1;

    public NotOffered(String what) {
        super(what);
    }
}
