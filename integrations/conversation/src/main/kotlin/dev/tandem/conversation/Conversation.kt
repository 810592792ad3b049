package dev.tandem.conversation

import dev.tandem.AiClient
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Message
import dev.tandem.model.Options
import dev.tandem.model.OptionsBuilder
import dev.tandem.model.Usage
import dev.tandem.structured.AnswerType
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.channelFlow
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext
import kotlin.concurrent.Volatile
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic
import kotlin.random.Random

/**
 * A talk with a model: what is said goes to it with all that was said before, as far as [History] lets it. Whoever speaks at the
 * same time is heard one after the other, in the order they began. A turn that fails, or is given up before the model is done,
 * leaves no trace; the beginning of its answer is in the exception, as ever.
 */
public class Conversation private constructor(
    private val ai: AiClient,
    private val options: Options,
    private val history: History,
    begun: Said,
) {
    @Volatile private var said = begun
    private val turns = Mutex()

    /** All that the model is told with the next turn, and what it has said to that. A turn under way is not in it yet. */
    public val messages: List<Message> get() = said.messages

    /** What all turns have used, with summaries and tools. */
    public val usage: Usage get() = said.usage

    /** The text of the answer to [text]. */
    public suspend fun say(text: String, options: Options = Options.NONE): String = chat(Message.user(checked(text)), options).text

    /** The answer to [message], which may be more than text. */
    public suspend fun chat(message: Message, options: Options = Options.NONE): ChatResponse = turn {
        val request = requestOf(message, options)
        ai.chat(request).also { add(request, it) }
    }

    /** The answer to [text] as a value of [type]; see [AiClient.extract]. */
    public suspend fun <T : Any> extract(text: String, type: AnswerType<T>, options: Options = Options.NONE): T = turn {
        val request = requestOf(Message.user(checked(text)), options)
        val extracted = ai.extractWhole(request, type)
        add(request, extracted.response)
        extracted.value
    }

    /** The answer to [text] as it is made. */
    public fun stream(text: String, options: Options = Options.NONE): Flow<ChatEvent> = heard({ Message.user(checked(text)) }, options)

    /** The answer to [message] as it is made. */
    public fun stream(message: Message, options: Options = Options.NONE): Flow<ChatEvent> = heard({ message }, options)

    /** Only the text of [stream]. */
    public fun streamText(text: String, options: Options = Options.NONE): Flow<String> =
        stream(text, options).filterIsInstance<ChatEvent.Text>().map { it.text }

    /** Another conversation that goes on from here: neither hears of the other any more. */
    public fun fork(): Conversation = Conversation(ai, options, history, said)

    /** All of it as JSON, for [Builder.restore]. It is as secret as what was said. */
    public fun toJson(): String = Saved.textOf(said.messages, said.usage)

    override fun toString(): String = "Conversation(${said.messages.size} messages)"

    /** However slowly it is read, the model is heard to its end: a reader may speak, and has his answer after this one. */
    private fun heard(message: () -> Message, options: Options): Flow<ChatEvent> = channelFlow {
        turn {
            val request = requestOf(message(), options)
            ai.stream(request).collect { event ->
                if (event is ChatEvent.Completed) add(request, event.response)
                send(event)
            }
        }
    }.buffer(Channel.UNLIMITED)

    private suspend fun requestOf(message: Message, options: Options): ChatRequest {
        val kept = history.keep(said.messages + message, Teller(ai, options.withDefaults(this.options)))
        // What was summarised stays so, whatever becomes of this turn.
        kept.spent?.let { said = Said(kept.messages.dropLast(1), said.usage + it) }
        return ChatRequest
            .builder()
            .messages(kept.messages)
            .options(this.options)
            .options(options)
            .build()
    }

    private fun add(request: ChatRequest, answer: ChatResponse) {
        val used = if (answer.isCached) Usage.NONE else answer.usage
        said = Said(request.messages + answer.steps + answer.message, said.usage + used)
    }

    private suspend fun <T> turn(take: suspend () -> T): T {
        check(currentCoroutineContext()[Turn]?.isOf(this) != true) {
            "this conversation is in the midst of a turn that waits for this one: say it afterwards, or to a fork()"
        }
        return turns.withLock { withContext(Turn(this, currentCoroutineContext()[Turn])) { take() } }
    }

    /** Goes along with a turn, into the tools that it runs. */
    private class Turn(private val conversation: Conversation, private val outer: Turn?) : AbstractCoroutineContextElement(Turn) {
        fun isOf(other: Conversation): Boolean = conversation === other || outer?.isOf(other) == true

        companion object : CoroutineContext.Key<Turn>
    }

    private fun checked(text: String) = text.also { require(it.isNotBlank()) { "what is said must not be blank, but is '$it'" } }

    private class Said(val messages: List<Message>, val usage: Usage)

    /** What a conversation begins with. The options set here hold for each of its turns. */
    public class Builder internal constructor(private val ai: AiClient) : OptionsBuilder<Builder>() {
        private val messages = mutableListOf<Message>()
        private var usage = Usage.NONE

        /** What is kept of it when it gets long. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var history: History = History.ALL

        /** What the model is told before all else. */
        public fun system(text: String): Builder = apply { messages += Message.system(text) }

        /** What has been said already. */
        public fun messages(messages: List<Message>): Builder = apply { this.messages += messages }

        /** What is kept of it when it gets long. */
        public fun history(history: History): Builder = apply { this.history = history }

        /** Goes on where [Conversation.toJson] was written; [IllegalArgumentException] says what is wrong with [json]. */
        public fun restore(json: String): Builder = apply {
            val saved = Saved.of(json)
            messages += saved.messages
            usage += saved.usage
        }

        /** Unless told otherwise, all turns go to the same one of several targets. */
        public fun build(): Conversation {
            val options = if (conversation == null) toOptions().newBuilder().conversation(newId()).build() else toOptions()
            return Conversation(ai, options, history, Said(messages.toList(), usage))
        }

        private fun newId() = "conversation-${Random.nextLong().toULong().toString(RADIX)}"
    }

    public companion object {
        private const val RADIX = 36

        @JvmStatic
        public fun builder(ai: AiClient): Builder = Builder(ai)

        /** One that begins with nothing, and keeps all. */
        @JvmStatic
        public fun of(ai: AiClient): Conversation = builder(ai).build()
    }
}
