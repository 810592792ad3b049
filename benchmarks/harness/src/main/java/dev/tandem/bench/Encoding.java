package dev.tandem.bench;

/** How the numbers of an embedding travel. */
public enum Encoding {
    FLOAT,
    BASE64;

    /** As OpenAI's {@code encoding_format} has it. */
    public String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
