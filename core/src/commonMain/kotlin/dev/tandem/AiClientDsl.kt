@file:JvmName("-AiClientDsl")

package dev.tandem

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Embedding
import dev.tandem.model.Options
import dev.tandem.model.chatRequest
import dev.tandem.model.options
import dev.tandem.provider.Provider
import dev.tandem.structured.ObjectEvent
import dev.tandem.structured.answerType
import kotlinx.coroutines.flow.Flow
import kotlin.jvm.JvmName
import kotlin.jvm.JvmSynthetic

/** A client for [provider]: `AiClient(OpenAi(key)) { model = "gpt-4o-mini" }`. */
@JvmSynthetic
public fun AiClient(provider: Provider, build: AiClient.Builder.() -> Unit = {}): AiClient = AiClient.builder(provider).apply(build).build()

/** `ai.chat { system("Be brief"); user("Hello"); temperature = 0.2 }` */
@JvmSynthetic
public suspend fun AiClient.chat(build: ChatRequest.Builder.() -> Unit): ChatResponse = chat(chatRequest(build))

/** `ai.stream { user("Hello") }` */
@JvmSynthetic
public fun AiClient.stream(build: ChatRequest.Builder.() -> Unit): Flow<ChatEvent> = stream(chatRequest(build))

/** `ai.generate("Hello") { maxTokens = 20 }` */
@JvmSynthetic
public suspend fun AiClient.generate(prompt: String, build: Options.Builder.() -> Unit): String = generate(prompt, options(build))

/** The answer to [prompt] as the serializable class [T]: `ai.extract<City>("Lisbon has 545,000 people")`. */
@JvmSynthetic
public suspend inline fun <reified T : Any> AiClient.extract(prompt: String, options: Options = Options.NONE): T =
    extract(prompt, answerType<T>(), options)

/** `ai.extract<City> { user("Lisbon has 545,000 people") }` */
@JvmSynthetic
public suspend inline fun <reified T : Any> AiClient.extract(noinline build: ChatRequest.Builder.() -> Unit): T =
    extract(chatRequest(build), answerType<T>())

/** `ai.streamObject<City>("…").collect { show(it.json) }` */
@JvmSynthetic
public inline fun <reified T : Any> AiClient.streamObject(prompt: String, options: Options = Options.NONE): Flow<ObjectEvent<T>> =
    streamObject(prompt, answerType<T>(), options)

/** [Embedding.cosine] of both. */
@JvmSynthetic
public fun similarity(one: Embedding, other: Embedding): Double = one.cosine(other)
