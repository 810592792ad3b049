package dev.tandem.testing.script

import dev.tandem.model.ChatRequest
import dev.tandem.model.EmbeddingRequest
import dev.tandem.pipeline.Target
import dev.tandem.provider.Provider
import dev.tandem.provider.Wire
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.Semaphore
import java.util.concurrent.TimeUnit
import java.util.function.Function
import kotlin.time.Duration
import kotlin.time.toKotlinDuration

/**
 * A model that says what a test has written down for it, and remembers what it was asked. It is a provider without a server, so a
 * client of it is a real client, with all its layers and in all styles. May serve many clients; whoever asks next gets the next reply.
 *
 * Its pauses are those of coroutines: in `runTest` they take no time. There give the client that clock too,
 * `clock = testScheduler.timeSource`, since limits, budgets and statistics read it. In Java, [VirtualTime] is both.
 */
public class ScriptedModel private constructor(from: Builder) : Provider {
    /** What messages and statistics call it. */
    override val name: String = from.name
    private val specific = from.specific.toList()
    private val queue = ConcurrentLinkedQueue(from.queue)
    private val lines = from.queue.size
    private val otherwise = from.otherwise
    private val asked = CopyOnWriteArrayList<ChatRequest>()
    private val embedded = CopyOnWriteArrayList<EmbeddingRequest>()
    private val arrived = LinkedBlockingQueue<ChatRequest>()
    private val givenUp = Semaphore(0)
    internal val vectors = from.vectors
    internal val vectorsAfter = from.vectorsAfter

    /** What chats and streams have asked, in the order in which it came. */
    public val requests: List<ChatRequest> get() = asked

    /** What vectors were asked for. */
    public val embeddingRequests: List<EmbeddingRequest> get() = embedded

    /** How many of the replies that are said one after the other are left; a test may want none. */
    public val remaining: Int get() = queue.size

    /** Its replies are one row for all clients; whoever asks next gets the next one. */
    override fun connect(wire: Wire): Target = ScriptedTarget(this)

    /** Waits until one more chat or stream is asked. Blocks its thread. */
    public fun awaitRequest(): ChatRequest =
        checkNotNull(arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)) { "$name: nobody has asked in $PATIENCE_SECONDS s" }

    /** Waits until one more caller has given up an answer before its end. Blocks its thread. */
    public fun awaitGivenUp() {
        check(givenUp.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) { "$name: nobody has given up a call in $PATIENCE_SECONDS s" }
    }

    internal fun replyTo(request: ChatRequest): ScriptedReply {
        asked += request
        arrived += request
        val last = request.messages.last().text
        return specific.firstOrNull { it.first in last }?.second ?: queue.poll() ?: otherwise?.apply(request) ?: error(outOfLines(last))
    }

    internal fun embedding(request: EmbeddingRequest) {
        embedded += request
    }

    internal fun givenUp(): Unit = givenUp.release()

    private fun outOfLines(asked: String) =
        "$name has said all of its $lines replies and is asked '${asked.take(EXCERPT)}': add reply(…), " +
            "replyTo(\"…\", …) for what contains those words, or otherwise(…) for all the rest"

    override fun toString(): String = name

    /** What a script is made of: first [replyTo], then each [reply] once, then [otherwise]. */
    public class Builder internal constructor() {
        internal var name = "scripted"
        internal val specific = mutableListOf<Pair<String, ScriptedReply>>()
        internal val queue = mutableListOf<ScriptedReply>()
        internal var otherwise: Function<in ChatRequest, out ScriptedReply>? = null
        internal var vectors: Function<in String, FloatArray> = Function(::wordVector)
        internal var vectorsAfter: Duration = Duration.ZERO

        /** What messages and statistics call it; `scripted` unless set. Two in one client want two names. */
        public fun name(name: String): Builder = apply {
            require(name.isNotBlank()) { "name must not be blank, but is '$name'" }
            this.name = name
        }

        /** The next replies, each said once. */
        public fun reply(vararg replies: ScriptedReply): Builder = apply { queue += replies }

        /** The next replies, each said once. */
        public fun reply(vararg texts: String): Builder = apply { texts.mapTo(queue, ScriptedReply::text) }

        /** Said whenever the last message contains [words], in whatever order calls come. What was added first comes first. */
        public fun replyTo(words: String, reply: ScriptedReply): Builder = apply {
            require(words.isNotEmpty()) { "words must not be empty: that is in every message, and otherwise(…) says so" }
            specific += words to reply
        }

        /** Said whenever the last message contains [words]. */
        public fun replyTo(words: String, text: String): Builder = replyTo(words, ScriptedReply.text(text))

        /** Said to everybody else. */
        public fun otherwise(reply: ScriptedReply): Builder = otherwise { reply }

        /** Made for everybody else. */
        public fun otherwise(reply: Function<in ChatRequest, out ScriptedReply>): Builder = apply { otherwise = reply }

        /** The vector of each text. Unless set, texts are as near to each other as they have words in common. */
        public fun vectors(vectorOf: Function<in String, FloatArray>): Builder = apply { vectors = vectorOf }

        /** How long a request for vectors takes. */
        @JvmSynthetic
        public fun vectorsAfter(pause: Duration): Builder = apply { vectorsAfter = checkedPause(pause) }

        /** How long a request for vectors takes. */
        public fun vectorsAfter(pause: java.time.Duration): Builder = vectorsAfter(pause.toKotlinDuration())

        /** What is added later does not change it. */
        public fun build(): ScriptedModel = ScriptedModel(this)
    }

    /** How a script begins. */
    public companion object {
        private const val PATIENCE_SECONDS = 10L
        private const val EXCERPT = 80

        /** Begins with nothing to say. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** Says [texts] one after the other. */
        @JvmStatic
        public fun saying(vararg texts: String): ScriptedModel = builder().reply(*texts).build()

        /** Says [replies] one after the other. */
        @JvmStatic
        public fun saying(vararg replies: ScriptedReply): ScriptedModel = builder().reply(*replies).build()

        /** Says what [reply] makes of each request. */
        @JvmStatic
        public fun answering(reply: Function<in ChatRequest, out ScriptedReply>): ScriptedModel = builder().otherwise(reply).build()
    }
}
