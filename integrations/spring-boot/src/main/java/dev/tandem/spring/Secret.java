package dev.tandem.spring;

/** A text that only {@link #reveal} shows. */
final class Secret {
    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /** Spring converts by the name of this method. */
    public static Secret of(String text) {
        return new Secret(text);
    }

    String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "******";
    }
}
