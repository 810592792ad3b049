package dev.tandem.ollama

import dev.tandem.AiClient
import dev.tandem.model.RawRequest
import dev.tandem.pipeline.Operation
import dev.tandem.provider.ollama.Ollama
import dev.tandem.provider.ollama.OllamaTarget
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlin.jvm.JvmStatic

/**
 * The models on a server of Ollama: which there are, and how more come. Make one, share it between all coroutines and
 * threads, close it at the end.
 *
 * All of it takes the way of every other call: the same connections, timers, statistics and
 * [exceptions][dev.tandem.error.AiException]. A model named without a tag means its `latest`, as everywhere at Ollama.
 */
public class OllamaModels private constructor(private val client: AiClient) : AutoCloseable {
    /** The models of the server that [provider] names, with everything else left as it is by default. */
    public constructor(provider: Ollama) : this(AiClient.builder(provider).build())

    /** All that are on the server, whether or not one of them is loaded. */
    public suspend fun list(): List<OllamaModel> = client.list("/api/tags").map(::modelOf).toList()

    /** Whether [model] is on the server, and need not be pulled. */
    public suspend fun has(model: String): Boolean = named(model).let { wanted -> list().any { isSame(it.name, wanted) } }

    /**
     * Has the server fetch [model], and tells how far it is. Cold: nothing is fetched before it is collected, and to stop
     * collecting is to stop the server; what it has fetched by then it keeps, and goes on from there the next time. Ends
     * well only when the model is whole and ready.
     */
    public fun pull(model: String): Flow<PullProgress> = client.call(PULL) { defaults ->
        RawRequest.of("POST", "/api/pull", body(model, "stream" to JsonPrimitive(true))).withDefaults(defaults)
    }

    /** Takes [model] off the server. One that is not there is a [dev.tandem.error.ModelNotFoundException]. */
    public suspend fun delete(model: String) {
        client.send(RawRequest.of("DELETE", "/api/delete", body(model)))
    }

    /** Ends calls under way with an [IllegalStateException], and the client too that this was made of. Closing twice is fine. */
    override fun close(): Unit = client.close()

    override fun toString(): String = client.toString().replaceBefore('(', "OllamaModels")

    public companion object {
        private const val LATEST = "latest"
        private val PULL =
            Operation<PullProgress>(
                "pull",
                asksModel = false,
                isRetried = false,
            ) { request -> (this as OllamaTarget).follow(request as RawRequest).map(::progressOf) }

        /** The models of the server behind [client], by the same connections and options; closing either closes both. */
        @JvmStatic
        public fun of(client: AiClient): OllamaModels {
            require(client.target is OllamaTarget) { "$client is no client of Ollama: make it with an Ollama provider" }
            return OllamaModels(client)
        }

        /** Whether both names mean one model. */
        private fun isSame(name: String, other: String): Boolean = tagged(name).equals(tagged(other), ignoreCase = true)

        /** A host may have a port, so the tag is looked for behind the last slash. */
        private fun tagged(name: String) = if (':' in name.substringAfterLast('/')) name else "$name:$LATEST"

        private fun named(model: String): String = model.also { require(it.isNotBlank()) { "model must not be blank, but is '$it'" } }

        private fun body(model: String, vararg more: Pair<String, JsonElement>): JsonElement =
            JsonObject(mapOf("model" to JsonPrimitive(named(model))) + more)
    }
}
