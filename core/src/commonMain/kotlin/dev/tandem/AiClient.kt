package dev.tandem

import dev.tandem.accounting.Books
import dev.tandem.accounting.Spending
import dev.tandem.accounting.inputOf
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Embedding
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.ImageRequest
import dev.tandem.model.ImageResponse
import dev.tandem.model.ModelInfo
import dev.tandem.model.ModelsRequest
import dev.tandem.model.Moderation
import dev.tandem.model.ModerationRequest
import dev.tandem.model.Options
import dev.tandem.model.RawRequest
import dev.tandem.model.RawResponse
import dev.tandem.model.Request
import dev.tandem.model.Speech
import dev.tandem.model.SpeechRequest
import dev.tandem.model.TandemDsl
import dev.tandem.model.Transcription
import dev.tandem.model.TranscriptionRequest
import dev.tandem.pipeline.Call
import dev.tandem.pipeline.Operation
import dev.tandem.pipeline.Pipeline
import dev.tandem.pipeline.Target
import dev.tandem.pipeline.textsOf
import dev.tandem.platform.HealthReport
import dev.tandem.platform.SystemInfo
import dev.tandem.platform.VERSION
import dev.tandem.platform.platform
import dev.tandem.provider.Provider
import dev.tandem.provider.Wire
import dev.tandem.resilience.Breakers
import dev.tandem.structured.AnswerType
import dev.tandem.structured.Extracted
import dev.tandem.structured.ObjectEvent
import dev.tandem.structured.Wanted
import dev.tandem.telemetry.Ledger
import dev.tandem.telemetry.Listeners
import dev.tandem.telemetry.Stats
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emitAll
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.single
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.JsonObject
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/**
 * One AI client. Make one, share it between all coroutines and threads, close it at the end.
 *
 * Calls run in the caller's coroutine; cancelling that closes the connection. Flows are cold: nothing is sent before
 * they are collected, and collecting twice asks twice. Errors are [dev.tandem.error.AiException]s.
 */
public class AiClient private constructor(from: Builder) : AutoCloseable {
    private val lifetime = Lifetime()
    private val wire = Wire(from.engine, platform::newEngine)

    @get:JvmSynthetic internal val target: Target = from.provider.connect(wire)
    private val alternatives = from.alternatives.map { it to it.provider.connect(wire) }
    private val defaults = from.toOptions()
    private val models = Models(target, defaults, from.embeddingModel)
    private val tokenCounter = from.tokenCounter
    private val ledger = Ledger(from.clock)
    private val books = Books(from.prices)
    private val listeners = Listeners(from.listeners.toList())
    private val breakers = from.circuitBreaker?.let { Breakers(it, from.clock) }
    private val pipeline = Pipeline(layersOf(from, target, alternatives, books, breakers, ledger, lifetime.scope(from.background)))
    private val writing = Writing(from).pipeline

    /** Whom it asks first, as messages name it. */
    public val provider: String get() = target.name

    /** The text of the answer to [prompt]. */
    public suspend fun generate(prompt: String, options: Options = Options.NONE): String = chat(ChatRequest.of(prompt, options)).text

    /** The whole answer; tools that the client runs itself have been run by then. */
    public suspend fun chat(request: ChatRequest): ChatResponse = call(Operation.CHAT) { models.named(request) }.single()

    /** The answer to [prompt] as it is made. Ends with [ChatEvent.Completed] or an exception. */
    public fun stream(prompt: String, options: Options = Options.NONE): Flow<ChatEvent> =
        call(Operation.STREAM) { models.named(ChatRequest.of(prompt, options)) }

    /** The answer as it is made. Ends with [ChatEvent.Completed] or an exception. */
    public fun stream(request: ChatRequest): Flow<ChatEvent> = call(Operation.STREAM) { models.named(request) }

    /** Only the text of [stream]; its end is as honest. */
    public fun streamText(prompt: String, options: Options = Options.NONE): Flow<String> = textsOf(stream(prompt, options))

    /** Only the text of [stream]; its end is as honest. */
    public fun streamText(request: ChatRequest): Flow<String> = textsOf(stream(request))

    /**
     * The answer to [prompt] as a value of [type]. One that does not fit goes back to the model with what is wrong, as often as
     * [Options.repairs] says; a [dev.tandem.error.StructuredOutputException] tells that it did not help. Timeouts and budgets
     * are for all of it.
     */
    public suspend fun <T : Any> extract(prompt: String, type: AnswerType<T>, options: Options = Options.NONE): T =
        extractWhole(ChatRequest.of(prompt, options), type).value

    /** The same for a conversation. Its format is [type]'s, whatever it was. */
    public suspend fun <T : Any> extract(request: ChatRequest, type: AnswerType<T>): T = extractWhole(request, type).value

    /** The same with the response, and its usage. */
    public suspend fun <T : Any> extractWhole(request: ChatRequest, type: AnswerType<T>): Extracted<T> =
        Wanted(type).let { it.extracted(chat(it.on(request))) }

    /** The answer to [prompt] as a value of [type] while it is made; see the other one. */
    public fun <T : Any> streamObject(prompt: String, type: AnswerType<T>, options: Options = Options.NONE): Flow<ObjectEvent<T>> =
        flow { emitAll(streamObject(ChatRequest.of(prompt, options), type)) }

    /**
     * The answer as a value of [type] while it is made: as much of its JSON as has come, and at last the value. One that does not
     * fit ends in a [dev.tandem.error.StructuredOutputException] and is not repaired, for its pieces were handed out already.
     */
    public fun <T : Any> streamObject(request: ChatRequest, type: AnswerType<T>): Flow<ObjectEvent<T>> =
        flow { Wanted(type).let { emitAll(it.objectsIn(stream(it.on(request)))) } }

    /** The vector of one [text]. For several, [embedMany] sends fewer requests. */
    public suspend fun embed(text: String, options: Options = Options.NONE): Embedding = embedMany(listOf(text), options).single()

    /** One vector for each text, in their order: [embed] without its usage. No texts, no request. */
    public suspend fun embedMany(texts: List<String>, options: Options = Options.NONE): List<Embedding> =
        if (texts.isEmpty()) emptyList() else embed(EmbeddingRequest.of(texts, options)).embeddings

    /**
     * One vector for each input, in their order, and what all of them used. More than the provider takes at once, by number or by
     * tokens, are sent as several requests, each with its own attempts and its own place in the cache; when one of them fails for
     * good, the others are given up and the call fails. The same text twice is sent once. A text that is too long for the model
     * is a [ContextLengthException][dev.tandem.error.ContextLengthException] that names it, before anything is sent.
     */
    public suspend fun embed(request: EmbeddingRequest): EmbeddingResponse = call(Operation.EMBED) { models.named(request) }.single()

    /** One picture of [prompt], all else left to the model. */
    public suspend fun generateImage(prompt: String): ImageResponse = generateImage(ImageRequest.of(prompt))

    /** As many pictures as [request] asks for, when the last one is there. */
    public suspend fun generateImage(request: ImageRequest): ImageResponse =
        call(Operation.GENERATE_IMAGE) { models.named(request) }.single()

    /** A text as it sounds. */
    public suspend fun speak(request: SpeechRequest): Speech = call(Operation.SPEAK) { models.named(request) }.single()

    /** The same as it is made. Ends when all has come, or with an exception. */
    public fun streamSpeech(request: SpeechRequest): Flow<ByteArray> = call(Operation.STREAM_SPEECH) { models.named(request) }

    /** What is said in a recording, when all of it has been heard. */
    public suspend fun transcribe(request: TranscriptionRequest): Transcription =
        call(Operation.TRANSCRIBE) { models.named(request) }.single()

    /** What nobody should read in [texts]: a result for each, in their order. */
    public suspend fun moderate(texts: List<String>): Moderation = moderate(ModerationRequest.of(texts))

    /** The same for texts and images. */
    public suspend fun moderate(request: ModerationRequest): Moderation = call(Operation.MODERATE) { models.named(request) }.single()

    /** What the provider offers to this key. */
    public suspend fun models(): List<ModelInfo> = listModels().toList()

    /** What the provider offers to this key, page by page as it is collected. */
    public fun listModels(): Flow<ModelInfo> = call(Operation.MODELS) { ModelsRequest(defaults) }

    /** A request of your own to the provider, for what this library has no name for. */
    public suspend fun send(request: RawRequest): RawResponse = call(Operation.SEND) { request.withDefaults(defaults) }.single()

    /**
     * What [chat] would send for [request], for whoever brings it to the provider by another way, such as a batch. The client's options
     * and your own layers have had their say; what it could not keep then is refused: masking, budgets, tools that it runs.
     */
    public suspend fun write(request: ChatRequest): RawRequest = call(Operation.WRITE, writing) { models.named(request) }.single()

    /** What [chat] would make of [response], an answer to what [write] gave: the same response, or the same exception. */
    public fun read(response: RawResponse): ChatResponse = target.read(response)

    /** The items of a list at the provider, such as `/files`, page by page as they are collected. */
    public fun list(path: String): Flow<JsonObject> = call(Operation.LIST) { RawRequest.get(path).withDefaults(defaults) }

    /** Does what makes the first call slow: opens the connection, loads classes, tries the key. Costs no tokens. */
    public suspend fun warmUp(): Unit = call(Operation.WARM_UP) { ModelsRequest(defaults) }.single()

    /** How calls went since the client was made, or since [resetStats]. Asks nobody. */
    public fun stats(): Stats = ledger.read(breakers?.stateOf(target))

    /** Begins [stats] anew. What was spent stays, and so do budgets. */
    public fun resetStats(): Unit = ledger.reset()

    /** What this client has used and cost since it was made. */
    public fun spending(): Spending = books.spending

    /** The same of calls with [tag] only. */
    public fun spending(tag: String): Spending = books.spendingOf(tag)

    /** The same of each tag that was used. */
    public fun spendingByTag(): Map<String, Spending> = books.spendingByTag()

    /** How many tokens [request] takes, by the client's own counter. Asks nobody. */
    public fun countTokens(request: ChatRequest): Long = tokenCounter.inputOf(request.withDefaults(defaults))

    /** [request] with all that this client adds to it: its options and its model. Asks nobody. */
    public fun withDefaults(request: ChatRequest): ChatRequest = models.named(request)

    /** The same of vectors, for which a client has a model of its own. */
    public fun withDefaults(request: EmbeddingRequest): EmbeddingRequest = models.named(request)

    /** Of this library, such as `1.0.0`. */
    public fun version(): String = VERSION

    /** Where this process runs, at this moment. */
    public fun systemInfo(): SystemInfo = platform.systemInfo()

    /** Sends nothing; [warmUp] asks the provider. */
    public fun healthCheck(): HealthReport = platform.healthReport().withRuntime(lifetime.isOpen)

    /** Ends calls under way with an [IllegalStateException], and frees all threads and connections. Closing twice is fine. */
    override fun close() {
        if (lifetime.end()) close(wire, target, alternatives)
    }

    /** Names the provider only. */
    override fun toString(): String = "AiClient(${target.name}${if (lifetime.isOpen) "" else ", closed"})"

    /** Nothing is looked at before the flow is collected, no wrong argument either: all styles fail alike. */
    @JvmSynthetic internal fun <T> call(operation: Operation<T>, layers: Pipeline = pipeline, request: (Options) -> Request): Flow<T> =
        lifetime.during { within -> layers.proceed(Call(operation, request(defaults), target, listeners.with(within).teller())) }

    /** What a client of one provider is made of. */
    @TandemDsl
    public class Builder internal constructor(
        @get:JvmSynthetic internal val provider: Provider,
    ) : ClientBuilder<Builder>() {
        /** Everything that [settings] say, which are a client's as well. */
        public fun settings(settings: ClientBuilder<*>): Builder = apply { takeOver(settings) }

        /** Opens nothing: that does the first call, and [AiClient.close] frees it. */
        public fun build(): AiClient = AiClient(this)
    }

    public companion object {
        /** A client that asks [provider] first, with the defaults that [ClientBuilder] names. */
        @JvmStatic
        public fun builder(provider: Provider): Builder = Builder(provider)
    }
}
