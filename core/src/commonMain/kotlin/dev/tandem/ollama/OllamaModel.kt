package dev.tandem.ollama

/** A model on the server. What the server does not say is "" or 0. */
public class OllamaModel internal constructor(
    /** With its tag, as in `llama3.2:latest`. */
    public val name: String,
    /** What it takes on the server's disk. */
    public val sizeBytes: Long,
    /** Tells versions of one name apart. */
    public val digest: String,
    /** What it is built like, as in `llama`. */
    public val family: String,
    /** As in `3.2B`. */
    public val parameterSize: String,
    /** As in `Q4_K_M`. */
    public val quantization: String,
) {
    override fun equals(other: Any?): Boolean =
        other is OllamaModel && name == other.name && digest == other.digest && sizeBytes == other.sizeBytes

    override fun hashCode(): Int = 31 * name.hashCode() + digest.hashCode()

    override fun toString(): String = "OllamaModel($name, $sizeBytes bytes)"
}
