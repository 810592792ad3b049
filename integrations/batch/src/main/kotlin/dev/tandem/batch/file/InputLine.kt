package dev.tandem.batch.file

import dev.tandem.model.ChatRequest
import dev.tandem.model.EmbeddingRequest

/** What a line of a JSONL file asks for. */
public class InputLine internal constructor(
    /** From 1, as editors count. */
    public val number: Long,
    /** Its own name for itself; null where it has none. */
    public val id: String?,
    /** It is in the format of OpenAI's batches, and so is its answer. */
    public val isOpenAi: Boolean,
    internal val asks: Asks,
) {
    /** Why nothing can be done with it; null where something can. */
    public val problem: String? get() = (asks as? Asks.Nothing)?.problem

    override fun toString(): String = "line $number${id?.let { " ($it)" }.orEmpty()}"

    internal sealed class Asks {
        class Chat(val request: ChatRequest) : Asks()

        class Vectors(val request: EmbeddingRequest) : Asks()

        class Nothing(val problem: String, val text: String) : Asks()
    }
}
