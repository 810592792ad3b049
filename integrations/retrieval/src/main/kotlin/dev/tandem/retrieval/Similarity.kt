package dev.tandem.retrieval

/** What it means for two vectors to be near. */
public enum class Similarity {
    /** By their direction: 1 for the same, 0 for a right angle, -1 for the opposite. What models for texts are made for. */
    COSINE,

    /** By the sum of the products: the same for vectors of length one, and favours long ones among others. */
    DOT,

    /** By the distance of the points, of which the score is the negative: 0 for the same point, and below for all others. */
    EUCLIDEAN,
}
