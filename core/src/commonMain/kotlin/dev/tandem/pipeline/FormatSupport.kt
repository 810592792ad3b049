package dev.tandem.pipeline

/** How a target can be held to the format of an answer. */
public enum class FormatSupport {
    /** It takes the schema, and shows it to the model. */
    SCHEMA,

    /** It takes the schema, of which the model knows nothing: that is told besides. */
    UNSEEN_SCHEMA,

    /** It can be held to JSON, and the model is told to which. */
    JSON,

    /** It knows no formats: the model is told, and the answer found in its words. */
    NONE,
}
