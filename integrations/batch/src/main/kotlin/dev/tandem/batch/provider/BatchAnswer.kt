package dev.tandem.batch.provider

import dev.tandem.error.AiException
import dev.tandem.model.ChatResponse

/** What became of one request of a batch. */
public sealed class BatchAnswer {
    /** Where the request stood among those that were handed in, from 0. */
    public abstract val index: Int

    /**
     * By the same response that a call would have had.
     *
     * @property response whole, with its usage.
     */
    public class Answered internal constructor(override val index: Int, public val response: ChatResponse) : BatchAnswer() {
        override fun toString(): String = "Answered($index, $response)"
    }

    /**
     * By the exception that the same call would have thrown, had it been made at once.
     *
     * @property failure with its status and the provider's code.
     */
    public class Failed internal constructor(override val index: Int, public val failure: AiException) : BatchAnswer() {
        override fun toString(): String = "Failed($index, $failure)"
    }
}
