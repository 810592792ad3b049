package dev.tandem.examples.cli.shell;

/** A command that does not begin. The message says what is wrong and what to do. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Refusal(String message) {
        super(message);
    }
}
