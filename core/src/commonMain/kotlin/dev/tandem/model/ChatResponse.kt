package dev.tandem.model

import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/** A whole answer, or, inside an exception, as much of it as had arrived. */
public class ChatResponse private constructor(from: Builder) {
    /** The provider's id of this answer, "" when it gave none. */
    public val id: String = from.id

    /** The model that answered, in the provider's words. */
    public val model: String = from.model

    /** What the model said. It goes into the next request as it is. */
    public val message: Message = from.message

    /** Why the model stopped. */
    public val finishReason: FinishReason = from.finishReason

    /** What all rounds have used, where the client ran tools itself; zero where the provider says nothing. */
    public val usage: Usage = from.usage

    /** What else came with it, such as `requestId` and `system_fingerprint`. */
    public val metadata: Map<String, String> = from.metadata.frozen()

    /** The other answers, when more than one was asked for. */
    public val alternatives: List<ChatResponse> = from.alternatives.frozen()

    /**
     * What was said between the question and this answer, where the client ran tools itself: what the model asked for, and the
     * results. With the messages of the request before them and [message] behind them they are the whole conversation.
     */
    public val steps: List<Message> = from.steps.frozen()

    /** What is left of the provider's limits, when it says so. */
    public val rateLimits: RateLimits? = from.rateLimits

    /** It was there already, so this call has cost nothing. Its [usage] is that of the call it comes from. */
    public val isCached: Boolean = from.isCached

    /** All text of the [message], "" where it has none. */
    public val text: String get() = message.text

    /** What the model asks for and nobody has run yet. */
    public val toolCalls: List<ToolCall> get() = message.toolCalls

    /** For caches: the same answer as one that was there already. */
    public fun cached(): ChatResponse = newBuilder().also { it.isCached = true }.build()

    /** The same answer at the end of [steps], which have used [usage] with it. */
    @JvmSynthetic
    internal fun inConversation(steps: List<Message>, usage: Usage, isCached: Boolean): ChatResponse = newBuilder()
        .usage(usage)
        .rateLimits(rateLimits)
        .also { copy ->
            copy.steps.clear()
            copy.steps += steps
            copy.isCached = isCached
        }.build()

    /** The same answer, each of its texts changed by [text], and what tools are asked by [arguments]. */
    @JvmSynthetic
    internal fun mapTexts(text: (String) -> String, arguments: (String) -> String): ChatResponse =
        newBuilder(message.mapTexts(text, arguments))
            .rateLimits(rateLimits)
            .also { copy ->
                metadata.forEach { (name, value) -> copy.metadata[name] = text(value) }
                copy.alternatives.clear()
                alternatives.mapTo(copy.alternatives) { it.mapTexts(text, arguments) }
            }.build()

    /** All but what is left of the provider's limits, which was told for one moment. */
    @JvmSynthetic
    internal fun newBuilder(message: Message = this.message): Builder = Builder(message)
        .id(id)
        .model(model)
        .finishReason(finishReason)
        .usage(usage)
        .also { copy ->
            copy.metadata += metadata
            copy.alternatives += alternatives
            copy.steps += steps
            copy.isCached = isCached
        }

    override fun toString(): String = "ChatResponse($id, $model, $finishReason, $usage, $message)"

    /** For providers, and for tests of code that takes responses. */
    public class Builder internal constructor(internal val message: Message) {
        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var id = ""

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var model = ""

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var finishReason = FinishReason.UNKNOWN

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var usage = Usage.NONE

        @get:JvmSynthetic
        internal val metadata = mutableMapOf<String, String>()

        @get:JvmSynthetic
        internal val alternatives = mutableListOf<ChatResponse>()

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var rateLimits: RateLimits? = null

        @get:JvmSynthetic
        @set:JvmSynthetic
        internal var isCached = false

        @get:JvmSynthetic
        internal val steps = mutableListOf<Message>()

        /** The provider's id of this answer; "" unless set. */
        public fun id(id: String): Builder = apply { this.id = id }

        /** In the provider's words; "" unless set. */
        public fun model(model: String): Builder = apply { this.model = model }

        /** Why the model stopped; UNKNOWN unless set. */
        public fun finishReason(reason: FinishReason): Builder = apply { finishReason = reason }

        /** Replaces what was said before; nothing unless set. */
        public fun usage(usage: Usage): Builder = apply { this.usage = usage }

        /** Replaces what was said under the same [name]. */
        public fun metadata(name: String, value: String): Builder = apply { metadata[name] = value }

        /** Adds another answer, where several were asked for. */
        public fun alternative(response: ChatResponse): Builder = apply { alternatives += response }

        /** What is left of the provider's limits; null where it does not say. */
        public fun rateLimits(limits: RateLimits?): Builder = apply { rateLimits = limits }

        /** What is set later does not change it. */
        public fun build(): ChatResponse = ChatResponse(this)
    }

    public companion object {
        /** With [message] as what the model said, and nothing known besides. */
        @JvmStatic
        public fun builder(message: Message): Builder = Builder(message)
    }
}
