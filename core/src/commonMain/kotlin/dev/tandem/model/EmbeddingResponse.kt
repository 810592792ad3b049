package dev.tandem.model

/** One vector for each input, in the order of the inputs. */
public class EmbeddingResponse(public val model: String, public val embeddings: List<Embedding>, public val usage: Usage) {
    override fun toString(): String = "EmbeddingResponse($model, ${embeddings.size} embeddings, $usage)"
}
