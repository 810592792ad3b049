@file:JvmName("-Naming")

package dev.tandem.opentelemetry

import dev.tandem.pipeline.Call
import kotlinx.coroutines.CancellationException

/** What the conventions call what [call] does: a stream is a chat too. */
internal fun operationOf(call: Call<*>): String = when (val name = call.operation.toString()) {
    "stream" -> "chat"
    "embed" -> "embeddings"
    else -> name
}

internal fun isStream(call: Call<*>): Boolean = call.operation.toString() == "stream"

/** Null for what no model answers. */
internal fun modelOf(call: Call<*>): String? = call.request.options.model
    ?.takeIf { call.operation.asksModel }

/** The conventions have names of their own for some. */
internal fun providerOf(call: Call<*>): String = PROVIDERS[call.target.name] ?: call.target.name

/** The type by its name, which is one of few. */
internal fun errorTypeOf(error: Throwable): String = if (error is CancellationException) CANCELLED else error.javaClass.name

/** In place of an error: the caller has given up, or another attempt was faster. */
internal const val CANCELLED = "cancelled"

private val PROVIDERS = mapOf(
    "azure-openai" to "azure.ai.openai",
    "gemini" to "gcp.gemini",
    "mistral" to "mistral_ai",
    "xai" to "x_ai",
)
