package dev.tandem.llama

import de.kherud.llama.InferenceParameters
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.channels.ReceiveChannel

/**
 * One answer in the making. Runs on a thread that may block, and hands each token to [pieces], which has room for all:
 * a slow reader holds no slot. Cancelling stops the model at its next token.
 */
internal class Generation(private val model: LoadedModel, private val parameters: InferenceParameters, private val release: () -> Unit) :
    Runnable {
    private val channel = Channel<String>(Channel.UNLIMITED)

    /** The native library keeps back what is no whole character yet. */
    val pieces: ReceiveChannel<String> get() = channel

    @Volatile private var isCancelled = false

    /** Whether the limit on tokens cut the answer. Known when [pieces] has ended. */
    @Volatile var isCut = false
        private set

    override fun run() {
        val failure = runCatching { model.inTurn { if (!isCancelled) produce() } }.exceptionOrNull()
        // The slot first: whoever sees the end may at once want the next one.
        release()
        channel.close(failure)
    }

    private fun produce() {
        val tokens = model.generate(parameters)
        var last = ""
        while (true) {
            val token = tokens.next()
            if (!tokens.hasNext()) break
            last = token.text
            channel.trySend(last)
            if (isCancelled) return model.cancel(tokens)
        }
        // The mark at the end of a text is a token without text; without it the limit was reached.
        isCut = last.isNotEmpty()
    }

    /** The reader wants no more. */
    fun cancel() {
        isCancelled = true
        channel.cancel()
    }

    /** The reader gets what was made, and then [cause]. */
    fun fail(cause: Throwable) {
        isCancelled = true
        channel.close(cause)
    }
}
