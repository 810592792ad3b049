package dev.tandem.spring;

/** A property of which no client can be made. */
final class BadPropertyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String property;
    private final String remedy;

    BadPropertyException(String property, String problem, String remedy) {
        super(property + ": " + problem);
        this.property = property;
        this.remedy = remedy;
    }

    /** {@code cause} names the value and what it should be, and no secret. */
    BadPropertyException(String property, RuntimeException cause) {
        super(property + ": " + cause.getMessage(), cause);
        this.property = property;
        remedy = "Correct " + property + ", or leave it out.";
    }

    String property() {
        return property;
    }

    String remedy() {
        return remedy;
    }
}
