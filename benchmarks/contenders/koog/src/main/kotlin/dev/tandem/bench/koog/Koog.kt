package dev.tandem.bench.koog

import ai.koog.http.client.ktor.KtorKoogHttpClient
import ai.koog.prompt.dsl.prompt
import ai.koog.prompt.executor.clients.openai.OpenAIClientSettings
import ai.koog.prompt.executor.clients.openai.OpenAILLMClient
import ai.koog.prompt.llm.LLMCapability
import ai.koog.prompt.llm.LLMProvider
import ai.koog.prompt.llm.LLModel
import ai.koog.prompt.streaming.StreamFrame
import dev.tandem.bench.Encoding
import dev.tandem.bench.NotOffered
import dev.tandem.bench.Site
import dev.tandem.bench.coroutines.SuspendContender
import io.ktor.client.HttpClient
import io.ktor.client.engine.okhttp.OkHttp
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.filterIsInstance
import kotlinx.coroutines.flow.map

/** On OkHttp with its limit of calls per host lifted. */
class Koog(site: Site) : SuspendContender() {
    private val client =
        OpenAILLMClient(
            Site.API_KEY,
            OpenAIClientSettings(baseUrl = site.baseUrl.removeSuffix("/v1")),
            KtorKoogHttpClient.Factory(HttpClient(OkHttp) { engine { config { dispatcher(unlimitedPerHost(site)) } } }),
        )
    private val model =
        LLModel(LLMProvider.OpenAI, site.model, listOf(LLMCapability.Completion, LLMCapability.OpenAIEndpoint.Completions), null)

    override suspend fun call(prompt: String): String = client.execute(promptOf(prompt), model, emptyList()).textContent()

    override fun deltas(prompt: String): Flow<String> =
        client.executeStreaming(promptOf(prompt), model, emptyList()).filterIsInstance<StreamFrame.TextDelta>().map { it.text }

    override fun embed(texts: List<String>, encoding: Encoding): Long = throw NotOffered("embeds one text at a time")

    override fun close() = client.close()

    private fun promptOf(text: String) = prompt("bench") { user(text) }
}
