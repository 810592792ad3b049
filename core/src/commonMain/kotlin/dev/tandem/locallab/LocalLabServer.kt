package dev.tandem.locallab

import dev.tandem.AiClient
import dev.tandem.error.AiException
import dev.tandem.error.ConnectionException
import dev.tandem.error.NotFoundException
import dev.tandem.error.OverloadedException
import dev.tandem.error.ServerException
import dev.tandem.error.TimeLimitException
import dev.tandem.error.TlsException
import dev.tandem.model.Options
import dev.tandem.model.RawRequest
import dev.tandem.model.Timer
import dev.tandem.pipeline.Operation
import dev.tandem.provider.locallab.LocalLab
import dev.tandem.provider.locallab.LocalLabTarget
import dev.tandem.provider.locallab.batchBody
import dev.tandem.provider.locallab.refuseUnknown
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.single
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlin.jvm.JvmStatic
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/**
 * What a LocalLab server can do besides answering: models come and go, and the machine tells how it is. Make one, share it
 * between all coroutines and threads, close it at the end.
 *
 * All of it takes the way of every other call: the same connections, timers, statistics and [AiException]s. After [close]
 * each operation is an [IllegalStateException].
 */
public class LocalLabServer private constructor(private val client: AiClient) : AutoCloseable {
    /** The server that [provider] names, with everything else left as it is by default. */
    public constructor(provider: LocalLab) : this(AiClient.builder(provider).build())

    /**
     * Has the server load [modelId] in place of the model it has, and waits for it: for half an hour ([Timer.FIRST_BYTE])
     * unless [options] or the client say otherwise. False when the server goes on loading behind the scenes: ask [status].
     */
    public suspend fun load(modelId: String, options: Options = Options.NONE): Boolean =
        ask("load", { post("/models/load", "model_id" to named(modelId)).withOptions(options.over(it, LOADING)) }) { json ->
            statusOf(json)?.let { it == SUCCESS }
        }

    /** True also when there was none to unload. */
    public suspend fun unload(): Boolean = ask("unload", { post("/models/unload") }) { json -> statusOf(json)?.let { it == SUCCESS } }

    /** The model that answers now, or null while there is none. */
    public suspend fun current(): LocalLabModel? = try {
        ask("current", { RawRequest.get("/models/current") }) { modelOf(it) }
    } catch (e: NotFoundException) {
        // Any other path that is not there has another excerpt.
        if (e.excerpt?.contains(NONE_LOADED) == true) null else throw e
    }

    /** The models that the server knows by itself; it may be able to load others. */
    public suspend fun list(): List<LocalLabModel> = ask("list", { RawRequest.get("/models/list") }) { modelsOf(it) }

    /** How far [modelId] is loaded. Also for a model that the server does not know: that one is not loaded. */
    public suspend fun status(modelId: String): LocalLabModel =
        ask("status", { RawRequest.get("/models/status/${encoded(named(modelId))}") }) { modelOf(it) }

    /**
     * How the server is. No answer within ten seconds, unless the client has other timers, is an answer too:
     * [LocalLabHealth.DOWN]. An exception is left for what waiting will not change: a wrong key, a wrong address.
     */
    public suspend fun health(): LocalLabHealth = try {
        ask("health", { RawRequest.get("/health").withOptions(Options.NONE.over(it, HEALTH)) }) { json ->
            statusOf(json)?.let { if (it == "healthy") LocalLabHealth.HEALTHY else LocalLabHealth.MINIMAL }
        }
    } catch (e: AiException) {
        if (!e.meansDown()) throw e
        LocalLabHealth.DOWN
    }

    /** The server's machine, at this moment. */
    public suspend fun systemInfo(): LocalLabSystem = ask("systemInfo", { RawRequest.get("/system/info") }) { systemOf(it) }

    /** What the server tells [modelId] before every question that says nothing else; null asks for what it tells them all. */
    public suspend fun instructions(modelId: String? = null): String =
        ask("instructions", { RawRequest.get("/system/instructions" + query(modelId)) }) { it.text("instructions") }

    /** Has the server tell [text] to [modelId], or to all models, from now on. */
    public suspend fun setInstructions(text: String, modelId: String? = null): Unit = ask("setInstructions", {
        require(text.isNotBlank()) { "instructions must not be blank, but are '$text': to undo them there is resetInstructions" }
        post("/system/instructions", "instructions" to text, "model_id" to modelId?.let(::named))
    }) { doneOf(it) }

    /** Back to what the server would tell [modelId], or all models, by itself. */
    public suspend fun resetInstructions(modelId: String? = null): Unit =
        ask("resetInstructions", { post("/system/instructions/reset" + query(modelId)) }) { doneOf(it) }

    /**
     * The answers to [prompts], in their order, as one request: the server takes one prompt after the other, and if one fails
     * all do. [Options] are those of all prompts; [dev.tandem.provider.locallab.LocalLabOptions] has a system prompt.
     */
    public suspend fun batchGenerate(prompts: List<String>, options: Options = Options.NONE): List<String> {
        prompts.forEachIndexed { i, prompt -> require(prompt.isNotBlank()) { "prompt $i must not be blank, but is '$prompt'" } }
        if (prompts.isEmpty()) return emptyList()
        return ask("batchGenerate", { batch(prompts, options.withDefaults(it)) }) { json ->
            textsOf(json)?.takeIf { it.size == prompts.size }
        }
    }

    /** Ends calls under way with an [IllegalStateException], and the client too that this was made of. Closing twice is fine. */
    override fun close(): Unit = client.close()

    override fun toString(): String = client.toString().replaceBefore('(', "LocalLabServer")

    private suspend fun <T : Any> ask(name: String, request: (Options) -> RawRequest, read: (JsonObject) -> T?): T {
        val operation =
            Operation<T>(name, asksModel = false, isRetried = false) {
                flow { emit((this@Operation as LocalLabTarget).ask(it as RawRequest, read)) }
            }
        return client.call(operation) { defaults -> request(defaults).withDefaults(defaults) }.single()
    }

    public companion object {
        private const val SUCCESS = "success"
        private val NONE_LOADED = Regex("no model (is )?currently loaded", RegexOption.IGNORE_CASE)
        internal val LOADING = Options.builder().timer(Timer.FIRST_BYTE, 30.minutes).build()
        private val HEALTH = Options.builder().timer(Timer.FIRST_BYTE, 10.seconds).build()

        /** A tunnel that has lost its server says so by codes of these. */
        private val TUNNEL = Regex("ERR_NGROK_(3200|3004|8012|725|727)")
        private const val UNRESERVED = "-._~/"

        /** The server behind [client], by the same connections and options; closing either closes both. */
        @JvmStatic
        public fun of(client: AiClient): LocalLabServer {
            require(client.target is LocalLabTarget) { "$client is no client of LocalLab: make it with a LocalLab provider" }
            return LocalLabServer(client)
        }

        private fun Options.over(defaults: Options, more: Options) = withDefaults(defaults).withDefaults(more)

        private fun AiException.meansDown(): Boolean = when (this) {
            is TlsException -> false
            is ConnectionException, is TimeLimitException, is ServerException, is OverloadedException -> true
            else -> code?.let(TUNNEL::matches) ?: false
        }

        private fun named(modelId: String): String =
            modelId.also { require(it.isNotBlank()) { "model id must not be blank, but is '$it'" } }

        private fun batch(prompts: List<String>, options: Options): RawRequest {
            options.refuseUnknown()
            return RawRequest.of("POST", "/generate/batch", batchBody(prompts, options)).withOptions(options)
        }

        /** Without the fields that are null: to this server null is an error. */
        private fun post(path: String, vararg fields: Pair<String, String?>): RawRequest {
            val given = fields.mapNotNull { (name, value) -> value?.let { name to JsonPrimitive(it) } }
            return RawRequest.of("POST", path, JsonObject(given.toMap()) as JsonElement)
        }

        private fun query(modelId: String?) = if (modelId == null) "" else "?model_id=${encoded(named(modelId))}"

        /** The server's ids may have slashes, and its paths take them as they are. */
        private fun encoded(text: String): String = text.encodeToByteArray().joinToString("") { byte ->
            val char = byte.toInt().toChar()
            if (char in 'a'..'z' || char in 'A'..'Z' || char in '0'..'9' || char in UNRESERVED) "$char" else "%" + hex(byte)
        }

        private fun hex(byte: Byte) = (byte.toInt() and 0xFF).toString(16).uppercase().padStart(2, '0')
    }
}
