@file:JvmName("-AiClientDsl")

package dev.tandem

import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Options
import dev.tandem.model.chatRequest
import dev.tandem.model.options
import dev.tandem.provider.Provider
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
