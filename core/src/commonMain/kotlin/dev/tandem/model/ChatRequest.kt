@file:JvmName("-ChatRequest")

package dev.tandem.model

import kotlin.jvm.JvmName
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/** A conversation to be continued by the model. */
public class ChatRequest private constructor(public val messages: List<Message>, override val options: Options) : Request {
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

    public class Builder internal constructor() : OptionsBuilder<Builder>() {
        private val messages = mutableListOf<Message>()

        public fun system(text: String): Builder = message(Message.system(text))

        public fun user(text: String): Builder = message(question(text))

        public fun user(vararg parts: Part): Builder = message(Message.user(*parts))

        public fun assistant(text: String): Builder = message(Message.assistant(text))

        public fun message(message: Message): Builder = apply { messages += message }

        public fun messages(messages: List<Message>): Builder = apply { this.messages += messages }

        public fun build(): ChatRequest {
            require(messages.isNotEmpty()) { "a chat request needs at least one message: add user(\"…\")" }
            return ChatRequest(messages.frozen(), toOptions())
        }
    }

    public companion object {
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** One question of the user. */
        @JvmStatic
        public fun of(prompt: String, options: Options): ChatRequest = ChatRequest(listOf(question(prompt)), options)

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
