@file:JvmName("-GeminiThinking")

package dev.tandem.provider.gemini

import dev.tandem.model.Reasoning
import dev.tandem.model.Reasoning.Effort
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put
import kotlin.jvm.JvmName

/** From Gemini 3 on models know levels of thinking, those before it only numbers of tokens. */
internal fun hasLevels(model: String): Boolean = GENERATION.find(model)?.let { it.groupValues[1].toInt() >= FIRST_WITH_LEVELS } == true

internal fun thinkingOf(reasoning: Reasoning, model: String): JsonObject = buildJsonObject {
    val tokens = reasoning.maxTokens
    when {
        tokens != null -> put("thinkingBudget", tokens)
        hasLevels(model) -> put("thinkingLevel", levelOf(reasoning.effort, model))
        else -> put("thinkingBudget", budgetOf(reasoning.effort, model))
    }
    if (reasoning.effort != Effort.NONE) put("includeThoughts", true)
}

/** None can be kept from thinking altogether: this is the least that each knows. */
private fun levelOf(effort: Effort, model: String) = when (effort) {
    Effort.NONE -> if (isPro(model)) "low" else "minimal"
    else -> effort.name.lowercase()
}

private fun budgetOf(effort: Effort, model: String) = when (effort) {
    // Pro always thinks a little.
    Effort.NONE -> if (isPro(model)) LEAST_OF_PRO else 0

    Effort.LOW -> LOW_TOKENS

    Effort.MEDIUM -> MEDIUM_TOKENS

    Effort.HIGH -> HIGH_TOKENS
}

private fun isPro(model: String) = "-pro" in model

private val GENERATION = Regex("gemini-(\\d{1,3})")
private const val FIRST_WITH_LEVELS = 3

/** What Google takes the same words for on its OpenAI-compatible wire. */
private const val LOW_TOKENS = 1_024
private const val MEDIUM_TOKENS = 8_192
private const val HIGH_TOKENS = 24_576
private const val LEAST_OF_PRO = 128
