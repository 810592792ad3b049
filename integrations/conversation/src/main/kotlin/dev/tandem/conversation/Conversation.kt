package dev.tandem.conversation

import dev.tandem.AiClient
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Message
import dev.tandem.model.Options
import dev.tandem.model.OptionsBuilder
import dev.tandem.model.Role
import dev.tandem.model.Usage
import dev.tandem.structured.AnswerType
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.buffer
import kotlinx.coroutines.flow.channelFlow
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import java.util.Collections
import kotlin.concurrent.Volatile
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic
import kotlin.random.Random
import kotlin.time.Duration
import kotlin.time.TimeSource

/**
 * A talk with a model: what is said goes to it with all that was said before, as far as [History] lets it. Whoever speaks at the
 * same time is heard one after the other, in the order they began. A turn that fails, or is given up before the model is done,
 * leaves no trace; the beginning of its answer is in the exception, as ever.
 */
public class Conversation private constructor(
    private val ai: AiClient,
    private val options: Options,
    private val history: History,
    private val clock: TimeSource,
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
    public suspend fun chat(message: Message, options: Options = Options.NONE): ChatResponse = chat(listOf(message), options)

    /** The answer to all of [messages] together, such as the results of several tools that are yours to run. */
    public suspend fun chat(messages: List<Message>, options: Options = Options.NONE): ChatResponse = turn(options) { waited ->
        val request = requestOf(messages, options, waited)
        ai.chat(request).also { add(request, it) }
    }

    /** The answer to [text] as a value of [type]; see [AiClient.extract]. */
    public suspend fun <T : Any> extract(text: String, type: AnswerType<T>, options: Options = Options.NONE): T = turn(options) { waited ->
        val request = requestOf(listOf(Message.user(checked(text))), options, waited)
        val extracted = ai.extractWhole(request, type)
        add(request, extracted.response)
        extracted.value
    }

    /** The answer to [text] as it is made. */
    public fun stream(text: String, options: Options = Options.NONE): Flow<ChatEvent> =
        heard(options) { listOf(Message.user(checked(text))) }

    /** The answer to [message] as it is made. */
    public fun stream(message: Message, options: Options = Options.NONE): Flow<ChatEvent> = heard(options) { listOf(message) }

    /** The answer to all of [messages] together as it is made. */
    public fun stream(messages: List<Message>, options: Options = Options.NONE): Flow<ChatEvent> = heard(options) { messages }

    /** Only the text of [stream]. */
    public fun streamText(text: String, options: Options = Options.NONE): Flow<String> =
        stream(text, options).filterIsInstance<ChatEvent.Text>().map { it.text }

    /** Another conversation that goes on from here: neither hears of the other any more. */
    public fun fork(): Conversation = Conversation(ai, options, history, clock, said)

    /** All of it as JSON, for [Builder.restore]. It is as secret as what was said. */
    public fun toJson(): String = Saved.textOf(said.messages, said.usage, options.conversation)

    override fun toString(): String = "Conversation(${said.messages.size} messages)"

    /** However slowly it is read, the model is heard to its end: a reader may speak, and has his answer after this one. */
    private fun heard(options: Options, messages: () -> List<Message>): Flow<ChatEvent> = channelFlow {
        turn(options) { waited ->
            val request = requestOf(messages(), options, waited)
            ai.stream(request).collect { event ->
                if (event is ChatEvent.Completed) add(request, event.response)
                // A reader who is woken on this very thread is none of the turn's tools.
                if (Turn.outside { trySend(event) }.isFailure) currentCoroutineContext().ensureActive()
            }
        }
    }.buffer(Channel.UNLIMITED)

    private suspend fun requestOf(messages: List<Message>, options: Options, waited: Duration): ChatRequest {
        val new = messages.toList()
        require(new.isNotEmpty()) { "there is nothing to say: give at least one message" }
        checkAnswered(new)
        val turn = options.withDefaults(this.options)
        val teller = Teller(ai, turn, clock, waited)
        val kept = history.keep(said.messages, new, teller)
        // What was summarised stays so, whatever becomes of this turn.
        kept.spent?.let { said = Said(kept.messages, said.usage + it) }
        return ChatRequest
            .builder()
            .messages(kept.messages + new)
            .options(turn)
            .also { it.timeout = teller.timeLeft() }
            .build()
    }

    /** No provider takes a talk in which a tool was asked for, and nothing came of it. */
    private fun checkAnswered(new: List<Message>) {
        val talk = said.messages + new
        val asked = said.messages.indexOfLast { it.role == Role.ASSISTANT }
        val answered = talk.drop(asked + 1).takeWhile { it.role == Role.TOOL }.mapTo(mutableSetOf()) { it.toolCallId }
        val open = said.messages
            .getOrNull(asked)
            ?.toolCalls
            .orEmpty()
            .filter { it.id.isNotBlank() && it.id !in answered }
        require(open.isEmpty()) {
            "the model waits for the results of ${open.map { "${it.id} (${it.name})" }}: begin with a Message.tool(id, result) for each " +
                "of them, all in one chat(messages)"
        }
    }

    private fun add(request: ChatRequest, answer: ChatResponse) {
        said = Said(request.messages + answer.steps + answer.message, said.usage + paidFor(answer))
    }

    /** [take] is told how much of the timeout is gone when its turn comes. */
    private suspend fun <T> turn(options: Options, take: suspend (waited: Duration) -> T): T {
        val outer = Turn.underWay()
        check(outer?.isOf(this) != true) {
            "this conversation is in the midst of a turn that waits for this one: say it afterwards, or to a fork()"
        }
        val waited = await(options.timeout ?: this.options.timeout)
        val turn = Turn(this, outer)
        try {
            return withContext(turn) { take(waited) }
        } finally {
            turn.end()
            turns.unlock()
        }
    }

    /** Until the turns before are over, and how much of [timeout] that has taken. */
    private suspend fun await(timeout: Duration?): Duration {
        if (timeout == null) {
            turns.lock()
            return Duration.ZERO
        }
        val begun = clock.markNow()
        var isMine = false
        try {
            withTimeoutOrNull(timeout) {
                turns.lock()
                isMine = true
            }
        } catch (e: CancellationException) {
            // Its turn may have come in this very moment.
            if (isMine) turns.unlock()
            throw e
        }
        if (!isMine) throw Teller.tooLate("the turns before this one took", timeout)
        return begun.elapsedNow()
    }

    private fun checked(text: String) = text.also { require(it.isNotBlank()) { "what is said must not be blank, but is '$it'" } }

    private class Said(messages: List<Message>, val usage: Usage) {
        val messages: List<Message> = Collections.unmodifiableList(messages.toList())
    }

    /** What a conversation begins with. The options set here hold for each of its turns. */
    public class Builder internal constructor(private val ai: AiClient) : OptionsBuilder<Builder>() {
        private val system = mutableListOf<Message>()
        private val messages = mutableListOf<Message>()
        private var usage = Usage.NONE

        /** What [system] takes the place of, told by identity. */
        private val restoredSystem = mutableListOf<Message>()
        private var restoredId: String? = null
        internal var clock: TimeSource = TimeSource.Monotonic

        /** What is kept of it when it gets long. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var history: History = History.ALL

        /** What the model is told before all else, also in place of what a restored conversation began with; not of its summary. */
        public fun system(text: String): Builder = apply { system += Message.system(text) }

        /** What has been said already. */
        public fun messages(messages: List<Message>): Builder = apply { this.messages += messages }

        /** What is kept of it when it gets long. */
        public fun history(history: History): Builder = apply { this.history = history }

        /**
         * Goes on where [Conversation.toJson] was written, at the same one of several targets unless this has another [conversation].
         * [IllegalArgumentException] says what is wrong with [json].
         */
        public fun restore(json: String): Builder = apply {
            val saved = Saved.of(json)
            messages += saved.messages
            restoredSystem += saved.messages.takeWhile { it.role == Role.SYSTEM }.filterNot(Summarising::isSummary)
            usage += saved.usage
            restoredId = saved.conversation ?: restoredId
        }

        /** Unless told otherwise, all turns go to the same one of several targets. */
        public fun build(): Conversation {
            val own = toOptions()
            val options = if (own.conversation != null) own else own.newBuilder().conversation(restoredId ?: newId()).build()
            val replaced = if (system.isEmpty()) emptyList() else restoredSystem
            val begun = system + messages.filterNot { message -> replaced.any { it === message } }
            return Conversation(ai, options, history, clock, Said(begun, usage))
        }

        private fun newId() = "conversation-${Random.nextLong().toULong().toString(RADIX)}"
    }

    public companion object {
        private const val RADIX = 36

        /** [ai] stays yours to close. */
        @JvmStatic
        public fun builder(ai: AiClient): Builder = Builder(ai)

        /** One that begins with nothing, and keeps all. */
        @JvmStatic
        public fun of(ai: AiClient): Conversation = builder(ai).build()
    }
}
