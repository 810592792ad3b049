package dev.tandem.examples.webchat;

/** A request that is not served: the status, and what is wrong with it. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1;

    final int status;

    Refusal(int status, String message) {
        super(message);
        this.status = status;
    }
}
