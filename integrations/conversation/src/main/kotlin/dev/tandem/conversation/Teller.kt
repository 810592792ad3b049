package dev.tandem.conversation

import dev.tandem.AiClient
import dev.tandem.error.ErrorDetails
import dev.tandem.error.TimeLimitException
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Message
import dev.tandem.model.Options
import dev.tandem.model.ResponseFormat
import dev.tandem.model.Timer
import dev.tandem.model.ToolChoice
import dev.tandem.model.ToolDefinition
import dev.tandem.model.ToolPolicy
import kotlin.time.Duration
import kotlin.time.TimeSource

/** Counts and summarises for a [History], by the client of the conversation and for the model of this turn. */
internal class Teller(private val ai: AiClient, private val turn: Options, private val clock: TimeSource, private var took: Duration) {
    /** The client counts whole requests, with its own tools where they bring none, and at least one message: counts are differences. */
    private val bare by lazy {
        Options
            .builder()
            .model(turn.model)
            .tool(LEAST_TOOL)
            .build()
    }
    private val leastTokens by lazy { count(listOf(LEAST), bare) }

    fun tokensIn(messages: List<Message>): Long = count(messages + LEAST, bare) - leastTokens

    /** Of what goes with the messages of this turn, once: the tools. */
    fun tokensBesides(): Long = count(listOf(LEAST), turn) - tokensIn(listOf(LEAST))

    /** The answer is text, and no tool is run for it, whatever the client does otherwise. */
    suspend fun ask(wish: String, text: String): ChatResponse {
        val request = ChatRequest
            .builder()
            .system(wish)
            .user(text)
            .options(asking())
            .build()
        val begun = clock.markNow()
        try {
            return ai.chat(request)
        } finally {
            took += begun.elapsedNow()
        }
    }

    /** What [ask] has left of the turn's timeout; null where it has none of its own. */
    fun timeLeft(): Duration? = turn.timeout?.let { timeout ->
        val left = timeout - took
        if (!left.isPositive()) throw tooLate("to summarise what was said took", timeout)
        left
    }

    private fun asking(): Options = Options
        .builder()
        .model(turn.model)
        .conversation(turn.conversation)
        .caching(turn.caching)
        .responseFormat(ResponseFormat.TEXT)
        .toolChoice(ToolChoice.NONE)
        .toolPolicy(NO_TOOLS)
        .maxTokens(maxOf(turn.maxTokens ?: 0, ROOM + (turn.reasoning?.maxTokens ?: 0)))
        .also { own ->
            turn.timeout?.let { own.timeout = it }
            turn.headers.forEach { (name, value) -> own.header(name, value) }
            turn.tags.forEach { own.tag(it) }
        }.build()

    private fun count(messages: List<Message>, options: Options): Long = ai.countTokens(
        ChatRequest
            .builder()
            .messages(messages)
            .options(options)
            .build(),
    )

    companion object {
        fun tooLate(what: String, timeout: Duration) =
            TimeLimitException("$what all of the turn's timeout of $timeout (TOTAL timer)", Timer.TOTAL, timeout, ErrorDetails.NONE, null)

        private val LEAST = Message.user(".")
        private val LEAST_TOOL = ToolDefinition("none", "Nothing", ToolDefinition.NO_PARAMETERS)

        /** As much as any model writes: some refuse to be asked for more. */
        private const val ROOM = 4_096

        /** For models that ask for tools although they must not. */
        private val NO_TOOLS = ToolPolicy
            .builder()
            .maxRounds(1)
            .approval { "no tool can be used now: answer without" }
            .build()
    }
}
