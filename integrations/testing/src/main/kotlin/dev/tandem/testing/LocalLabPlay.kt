package dev.tandem.testing

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.booleanOrNull
import kotlinx.serialization.json.contentOrNull
import kotlinx.serialization.json.doubleOrNull

/** A LocalLab server that remembers what it was told. */
internal class LocalLabPlay : (FakeRequest) -> Reply {
    /** Guarded by this object, as is all that follows. */
    private var loaded: String? = "fake-1"
    private val instructions = mutableMapOf<String?, String>()

    override fun invoke(request: FakeRequest): Reply = synchronized(this) {
        val path = request.path.substringBefore('?')
        val modelId = request.path.substringAfter("model_id=", "").ifEmpty { null }
        val body = runCatching { Json.parseToJsonElement(request.body) as? JsonObject }.getOrNull() ?: JsonObject(emptyMap())
        when ("${request.method} $path") {
            "POST /generate" -> answered(body, "prompt") { generate(body) }
            "POST /chat" -> answered(body, "messages") { chat(body) }
            "POST /generate/batch" -> answered(body, "prompts") { batch(body) }
            "POST /models/load" -> required(body, "model_id") ?: load(body.text("model_id"))
            "POST /models/unload" -> unload()
            "GET /models/current" -> current()
            "GET /models/list" -> LocalLabReplies.models(loaded, *MODELS)
            "GET /health" -> LocalLabReplies.status("healthy", "")
            "GET /system/info" -> LocalLabReplies.systemInfo(loaded, GPUS)
            "GET /system/instructions" -> LocalLabReplies.instructions(toldTo(modelId), modelId)
            "POST /system/instructions" -> required(body, "instructions") ?: tell(body)
            "POST /system/instructions/reset" -> reset(modelId)
            else -> if (path.startsWith(STATUS) && request.method == "GET") status(path.removePrefix(STATUS)) else NOWHERE
        }
    }

    private fun answered(body: JsonObject, field: String, answer: () -> Reply): Reply = required(body, field)
        ?: refused(body)
        ?: if (loaded == null) {
            LocalLabReplies.error(400, "No model is currently loaded. Please load a model first using POST /models/load.")
        } else {
            answer()
        }

    private fun required(body: JsonObject, field: String): Reply? =
        if (field in body) null else LocalLabReplies.invalid(field, "Field required")

    /** Null is not the same as nothing. */
    private fun refused(body: JsonObject): Reply? {
        for ((name, range) in RANGES) {
            val value = body[name] ?: continue
            val number = (value as? JsonPrimitive)?.doubleOrNull ?: return LocalLabReplies.invalid(name, "Input should be a valid number")
            if (number < range.first || number > range.last) {
                return LocalLabReplies.invalid(name, "Input should be from ${range.first} to ${range.last}")
            }
        }
        return null
    }

    private fun generate(body: JsonObject): Reply {
        val answer = echo(body.text("prompt"))
        return if (isStream(body)) LocalLabReplies.stream(*pieces(answer)) else LocalLabReplies.generate(answer)
    }

    private fun chat(body: JsonObject): Reply {
        val answer = echo(((body["messages"] as? JsonArray)?.lastOrNull() as? JsonObject)?.text("content").orEmpty())
        return if (isStream(body)) LocalLabReplies.chatStream(*pieces(answer)) else LocalLabReplies.chat(answer)
    }

    private fun batch(body: JsonObject): Reply {
        val prompts = (body["prompts"] as? JsonArray).orEmpty().map(::textOf)
        return LocalLabReplies.batch(*prompts.map(::echo).toTypedArray())
    }

    private fun load(id: String): Reply {
        if (id !in MODELS) return LocalLabReplies.error(500, "Failed to load model: $id is not a valid model identifier")
        loaded = id
        return LocalLabReplies.status("success", "Model $id loaded successfully")
    }

    private fun unload(): Reply {
        val message = loaded?.let { "Model $it unloaded successfully" } ?: "No model is currently loaded"
        loaded = null
        return LocalLabReplies.status("success", message)
    }

    private fun current(): Reply = loaded?.let { LocalLabReplies.model(it, isLoaded = true, progress = 1.0) }
        ?: LocalLabReplies.error(404, "No model currently loaded")

    private fun status(id: String): Reply =
        if ('/' in id) NOWHERE else LocalLabReplies.model(id, id == loaded, if (id == loaded) 1.0 else 0.0)

    private fun toldTo(modelId: String?) = instructions[modelId] ?: instructions[null] ?: "You are a helpful assistant."

    private fun tell(body: JsonObject): Reply {
        val modelId = (body["model_id"] as? JsonPrimitive)?.contentOrNull
        instructions[modelId] = body.text("instructions")
        return LocalLabReplies.done("Updated system instructions for ${modelId ?: "all models"}")
    }

    private fun reset(modelId: String?): Reply {
        if (modelId == null) instructions.clear() else instructions.remove(modelId)
        return LocalLabReplies.done("Reset system instructions for ${modelId ?: "all models"}")
    }

    private fun echo(prompt: String) = "Echo: $prompt"

    private fun isStream(body: JsonObject) = (body["stream"] as? JsonPrimitive)?.booleanOrNull == true

    private fun JsonObject.text(name: String) = this[name]?.let(::textOf).orEmpty()

    private fun textOf(json: JsonElement) = if (json == JsonNull) "" else (json as? JsonPrimitive)?.content ?: json.toString()

    private companion object {
        const val STATUS = "/models/status/"
        const val GPUS =
            """[{"index":0,"name":"Fake T4","total_memory_mb":15102,"memory_free_mb":9000,"memory_used_mb":6102,"temperature":51}]"""
        val MODELS = arrayOf("fake-1", "fake-2")
        val NOWHERE = LocalLabReplies.error(404, "Not Found")
        val RANGES = mapOf(
            "max_tokens" to 1..32_000,
            "temperature" to 0..2,
            "top_p" to 0..1,
            "top_k" to 1..1000,
            "repetition_penalty" to 1..2,
        )

        /** As models speak: the space before a word belongs to it. */
        fun pieces(text: String): Array<String> = Regex("\\s*\\S+")
            .findAll(text)
            .map { it.value }
            .toList()
            .toTypedArray()
    }
}
