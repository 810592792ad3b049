package dev.tandem.bench.openaikotlin

import com.aallam.openai.api.chat.ChatCompletionRequest
import com.aallam.openai.api.chat.ChatMessage
import com.aallam.openai.api.chat.ChatRole
import com.aallam.openai.api.embedding.EmbeddingRequest
import com.aallam.openai.api.http.Timeout
import com.aallam.openai.api.logging.LogLevel
import com.aallam.openai.api.model.ModelId
import com.aallam.openai.client.LoggingConfig
import com.aallam.openai.client.OpenAI
import com.aallam.openai.client.OpenAIConfig
import com.aallam.openai.client.OpenAIHost
import dev.tandem.bench.Encoding
import dev.tandem.bench.NotOffered
import dev.tandem.bench.Site
import dev.tandem.bench.coroutines.SuspendContender
import io.ktor.client.engine.okhttp.OkHttp
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.mapNotNull
import kotlinx.coroutines.runBlocking
import kotlin.time.Duration.Companion.minutes

/** On OkHttp with its limit of calls per host lifted, without its logging of each call. */
class OpenAiKotlin(site: Site) : SuspendContender() {
    private val model = ModelId(site.model)
    private val client =
        OpenAI(
            OpenAIConfig(
                token = Site.API_KEY,
                logging = LoggingConfig(logLevel = LogLevel.None),
                timeout = Timeout(request = 2.minutes, connect = 2.minutes, socket = 2.minutes),
                host = OpenAIHost(site.baseUrl + "/"),
                engine = OkHttp.create { config { dispatcher(unlimitedPerHost(site)) } },
            ),
        )

    override suspend fun call(prompt: String): String = client
        .chatCompletion(request(prompt))
        .choices[0]
        .message.content
        .orEmpty()

    override fun deltas(prompt: String): Flow<String> = client.chatCompletions(request(prompt)).mapNotNull {
        it.choices
            .firstOrNull()
            ?.delta
            ?.content
    }

    override fun embed(texts: List<String>, encoding: Encoding): Long {
        if (encoding == Encoding.BASE64) throw NotOffered("reads numbers only")
        return runBlocking { client.embeddings(EmbeddingRequest(model, texts)).embeddings.sumOf { it.embedding.size.toLong() } }
    }

    override fun close() = client.close()

    private fun request(prompt: String) = ChatCompletionRequest(model, listOf(ChatMessage(ChatRole.User, prompt)))
}
