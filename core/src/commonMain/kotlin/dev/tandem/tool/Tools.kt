@file:JvmName("-Tools")

package dev.tandem.tool

import dev.tandem.model.ToolDefinition
import dev.tandem.schema.Schema
import dev.tandem.structured.AnswerType
import dev.tandem.structured.answerType
import kotlinx.serialization.KSerializer
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.serializer
import kotlin.jvm.JvmName
import kotlin.jvm.JvmSynthetic
import kotlin.time.Duration

/**
 * `tool("weather", "The weather in a city") { place: Place -> forecastOf(place.city) }`: [A] is a serializable class, whose
 * properties the model gets to know, with what [dev.tandem.structured.Description] says of them. The model reads text as it is, nothing as `done`, and
 * anything else that is serializable as JSON.
 */
@JvmSynthetic
public inline fun <reified A : Any, reified R> tool(name: String, description: String, noinline run: suspend (A) -> R): Tool {
    val written = serializer<R>()
    return toolOf(name, description, answerType<A>()) { arguments -> resultOf(run(arguments), written) }
}

/** For [tool]: what the model gets to read. */
@PublishedApi
internal fun <R> resultOf(result: R, serializer: KSerializer<R>): String = when (result) {
    is String -> result

    Unit, null -> "done"

    else -> try {
        Json.encodeToString(serializer, result)
    } catch (e: SerializationException) {
        // Not of the model's making.
        throw IllegalStateException("its result is no JSON: ${e.message}", e)
    }
}

/** The same tool, one run of which may take [limit], whatever the policy says. */
@JvmSynthetic
public fun Tool.withTimeout(limit: Duration): Tool {
    require(limit.isPositive()) { "the timeout of tool '$name' must be positive, but is $limit" }
    val tool = this
    return object : Tool(name, description, parameters) {
        override val timeoutMillis = limit.inWholeMilliseconds

        override suspend fun run(arguments: JsonObject): String = tool.run(arguments)
    }
}

/** A tool whose arguments are [type], an object. */
@JvmSynthetic
public fun <A : Any> toolOf(name: String, description: String, type: AnswerType<A>, run: suspend (A) -> String): Tool =
    TypedTool(name, description, type, run)

/** A tool without arguments. */
@JvmSynthetic
public fun toolOf(name: String, description: String, run: suspend () -> String): Tool =
    object : Tool(name, description, ToolDefinition.NO_PARAMETERS) {
        override suspend fun run(arguments: JsonObject): String = run()
    }

private class TypedTool<A : Any>(
    name: String,
    description: String,
    private val type: AnswerType<A>,
    private val body: suspend (A) -> String,
) : Tool(name, description, objectIn(name, type)) {
    override suspend fun run(arguments: JsonObject): String = body(type.read(arguments))
}

private fun objectIn(name: String, type: AnswerType<*>): JsonObject = type.schema.also {
    require((it["type"] == JsonPrimitive("object") && "properties" in it) || Schema.REF in it) {
        "the arguments of tool '$name' must have names, so be a class, but are ${type.name}"
    }
}
