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
import kotlinx.coroutines.runBlocking

/** On OkHttp with its limit of calls per host lifted. */
class Koog(site: Site) : SuspendContender() {
    private val client =
        OpenAILLMClient(
            Site.API_KEY,
            OpenAIClientSettings(baseUrl = site.baseUrl.removeSuffix("/v1")),
            KtorKoogHttpClient.Factory(HttpClient(OkHttp) { engine { config { dispatcher(unlimitedPerHost(site)) } } }),
        )
    private val chat = model(site, LLMCapability.Completion, LLMCapability.OpenAIEndpoint.Completions)
    private val embeddings = model(site, LLMCapability.Embed)

    override suspend fun call(prompt: String): String = client.execute(promptOf(prompt), chat, emptyList()).textContent()

    override fun deltas(prompt: String): Flow<String> =
        client.executeStreaming(promptOf(prompt), chat, emptyList()).filterIsInstance<StreamFrame.TextDelta>().map { it.text }

    override fun embed(texts: List<String>, encoding: Encoding): Long {
        if (encoding == Encoding.BASE64) throw NotOffered("reads numbers only")
        return runBlocking { client.embed(texts, embeddings).sumOf { it.size.toLong() } }
    }

    override fun close() = client.close()

    private fun promptOf(text: String) = prompt("bench") { user(text) }

    private companion object {
        fun model(site: Site, vararg capabilities: LLMCapability) = LLModel(LLMProvider.OpenAI, site.model, capabilities.toList(), null)
    }
}
