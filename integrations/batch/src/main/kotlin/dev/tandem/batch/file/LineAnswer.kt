package dev.tandem.batch.file

import dev.tandem.model.ChatResponse
import dev.tandem.model.EmbeddingResponse

/**
 * What came of an [InputLine]: one of both.
 *
 * @property chat null where the line asked for vectors.
 * @property vectors null where the line asked for a chat.
 */
public class LineAnswer private constructor(public val chat: ChatResponse?, public val vectors: EmbeddingResponse?) {
    internal constructor(chat: ChatResponse) : this(chat, null)

    internal constructor(vectors: EmbeddingResponse) : this(null, vectors)

    override fun toString(): String = "${chat ?: vectors}"
}
