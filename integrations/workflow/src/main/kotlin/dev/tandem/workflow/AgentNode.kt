package dev.tandem.workflow

import dev.tandem.model.Options
import dev.tandem.model.ToolDefinition
import dev.tandem.structured.AnswerType
import dev.tandem.workflow.type.Classes
import java.util.function.Consumer

/** A model answers a prompt, with tools where it has some. Its output is the text of the answer, or JSON where it has an [answer]. */
public class AgentNode private constructor(from: Builder) : Node(from) {
    /** Outputs of nodes right before this one that it does not mention are put before it, under their names. */
    public val prompt: String = requireNotNull(from.prompt) { "agent '$name' has no prompt: set one, such as \"Summarise {{node.text}}\"" }

    /** A template of what the model is told before the [prompt]; null for nothing. */
    public val system: String? = from.system

    /** Which of the executor's clients it asks; null for the usual one. */
    public val client: String? = from.client

    /** What else is set for its request, tools included. */
    public val options: Options = from.options.toOptions()

    /** The type that the output is JSON of; null where it is text. */
    public val answer: AnswerType<*>? = from.answer
    override val kind: String get() = "agent"
    override val templates: Map<String, String> =
        if (system == null) mapOf(PROMPT to prompt) else mapOf(PROMPT to prompt, SYSTEM to system)

    /** How it asks. */
    public class Builder internal constructor(name: String) : WorkNodeBuilder<Builder>(name) {
        internal val options = Options.builder()

        /** A template, such as `Summarise {{node.text}}`. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var prompt: String? = null

        /** A template of what the model is told before the prompt; null for nothing. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var system: String? = null

        /** Which of the executor's clients it asks. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var client: String? = null

        /** The output is JSON of this type, checked, and mentioned by its fields. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var answer: AnswerType<*>? = null

        /** Who is to answer, in the provider's words; null for what the client says. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var model: String?
            get() = options.model
            set(value) {
                options.model = value
            }

        /** A template, such as `Summarise {{node.text}}`. */
        public fun prompt(template: String): Builder = apply {
            require(template.isNotBlank()) { "the prompt of '$name' must not be blank, but is '$template'" }
            prompt = template
        }

        /** A template of what the model is told before the prompt; null for nothing. */
        public fun system(template: String?): Builder = apply { system = template }

        /** Which of the executor's clients it asks. */
        public fun client(name: String?): Builder = apply { client = name }

        /** Who is to answer, in the provider's words; null for what the client says. */
        public fun model(model: String?): Builder = apply { this.model = model }

        /** Takes over all that [options] say, and leaves what they leave open. */
        public fun options(options: Options): Builder = apply { this.options.options(options) }

        /** `options { temperature = 0.2 }` */
        @JvmSynthetic
        public fun options(build: Options.Builder.() -> Unit): Builder = apply { options.apply(build) }

        /** The same for Java: `options(o -> o.temperature(0.2).maxTokens(200))`. */
        public fun options(build: Consumer<Options.Builder>): Builder = apply { build.accept(options) }

        /** Adds a tool that the model may ask for; no other may have its name. */
        public fun tool(tool: ToolDefinition): Builder = apply { options.tool(tool) }

        /** Adds all of [tools] that the model may ask for. */
        public fun tools(tools: List<ToolDefinition>): Builder = apply { options.tools(tools) }

        /** The output is JSON of this type, checked, and mentioned by its fields. */
        public fun answer(type: AnswerType<*>?): Builder = apply { answer = type }

        /** The same for a class: a serializable one, or with `tandem-java` a record or another class of Java's. */
        public fun answer(type: Class<*>): Builder = answer(Classes.typeOf(type))

        /** Throws [IllegalArgumentException] where there is no prompt. */
        public fun build(): AgentNode = AgentNode(this)
    }

    public companion object {
        internal const val PROMPT = "prompt"
        internal const val SYSTEM = "system prompt"

        /** Begins without a prompt. */
        @JvmStatic
        public fun builder(name: String): Builder = Builder(name)

        /** [prompt] is a template; all else is left to the client. */
        @JvmStatic
        public fun of(name: String, prompt: String): AgentNode = builder(name).prompt(prompt).build()
    }
}
