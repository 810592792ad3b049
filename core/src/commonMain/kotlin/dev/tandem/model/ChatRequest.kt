@file:JvmName("-ChatRequest")

package dev.tandem.model

import kotlin.jvm.JvmName
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/**
 * A conversation to be continued by the model.
 *
 * @property messages at least one, in the order in which they were said.
 */
public class ChatRequest private constructor(public val messages: List<Message>, override val options: Options) : Request {
    /** The same again, to be changed. */
    public fun newBuilder(): Builder = Builder().messages(messages).options(options)

    override fun withDefaults(defaults: Options): ChatRequest = ChatRequest(messages, options.withDefaults(defaults))

    /** This request, if what it asks can be done: a tool that must be called has to be there. */
    @JvmSynthetic
    internal fun checked(): ChatRequest = apply {
        val choice = options.toolChoice
        require(
            choice != ToolChoice.REQUIRED || options.tools.isNotEmpty(),
        ) { "toolChoice is REQUIRED, but there is no tool: add one by tool(…)" }
        if (choice is ToolChoice.Named) {
            require(
                options.tools.any { it.name == choice.name },
            ) { "toolChoice names '${choice.name}', but no tool is named so: add it by tool(…)" }
        }
    }

    override fun equals(other: Any?): Boolean = other is ChatRequest && messages == other.messages && options == other.options

    override fun hashCode(): Int = 31 * messages.hashCode() + options.hashCode()

    override fun toString(): String = "ChatRequest(${messages.size} messages, $options)"

    /** What has been said, and how it is to be answered. */
    public class Builder internal constructor() : OptionsBuilder<Builder>() {
        private val messages = mutableListOf<Message>()

        /** Adds what the model is told by whoever runs it. */
        public fun system(text: String): Builder = message(Message.system(text))

        /** Adds what the user says, which must not be blank. */
        public fun user(text: String): Builder = message(question(text))

        /** Adds what the user says with images, audio or files; at least one part. */
        public fun user(vararg parts: Part): Builder = message(Message.user(*parts))

        /** Adds what the model has said before. */
        public fun assistant(text: String): Builder = message(Message.assistant(text))

        /** Adds a message of any kind, such as the result of a tool. */
        public fun message(message: Message): Builder = apply { messages += message }

        /** Adds all of [messages] behind those that are there. */
        public fun messages(messages: List<Message>): Builder = apply { this.messages += messages }

        /** Throws [IllegalArgumentException] where there is no message. */
        public fun build(): ChatRequest {
            require(messages.isNotEmpty()) { "a chat request needs at least one message: add user(\"…\")" }
            return ChatRequest(messages.frozen(), toOptions())
        }
    }

    public companion object {
        /** Begins without a message. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** One question of the user. */
        @JvmStatic
        public fun of(prompt: String, options: Options): ChatRequest = ChatRequest(listOf(question(prompt)), options)

        /** One question of the user, all options left to the client. */
        @JvmStatic
        public fun of(prompt: String): ChatRequest = of(prompt, Options.NONE)

        private fun question(prompt: String): Message {
            require(prompt.isNotBlank()) { "prompt must not be blank, but is '$prompt'" }
            return Message.user(prompt)
        }
    }
}

/** A [ChatRequest] in one expression: `chatRequest { system("Be brief"); user("Hello") }`. */
@JvmSynthetic
public fun chatRequest(build: ChatRequest.Builder.() -> Unit): ChatRequest = ChatRequest.builder().apply(build).build()
