package dev.tandem.locallab

/** How a server is. */
public enum class LocalLabHealth {
    /** All of it works. Whether a model is loaded is another question. */
    HEALTHY,

    /** It answers, but came up without the part that has the models. */
    MINIMAL,

    /** Nothing answers, or only what stands before it: a tunnel, a gateway. */
    DOWN,
}
