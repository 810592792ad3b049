package dev.tandem.provider.anthropic

import dev.tandem.model.Options
import dev.tandem.model.Reasoning
import dev.tandem.model.Reasoning.Effort
import dev.tandem.provider.http.notSupported
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put

/** How much a model thinks, in its own words, and how many tokens it then may write in all: thoughts count towards them. */
internal class Thinking private constructor(val field: JsonObject?, val effort: String?, val maxTokens: Int) {
    companion object {
        /** Where nobody says how long an answer may be; Anthropic wants to be told. */
        private const val DEFAULT_TOKENS = 4096

        /** Anthropic takes no smaller budget. */
        private const val LEAST_BUDGET = 1024
        private val BUDGETS = mapOf(Effort.LOW to 2_048, Effort.MEDIUM to 8_192, Effort.HIGH to 16_384)

        fun of(options: Options): Thinking {
            val reasoning = options.reasoning
            val version = ModelVersion.of(options.model.orEmpty())
            return when {
                reasoning == null -> Thinking(null, null, options.maxTokens ?: DEFAULT_TOKENS)
                reasoning.effort == Effort.NONE -> least(version, options.maxTokens)
                !version.takesEffort || (reasoning.maxTokens != null && version.takesBudget) -> budget(reasoning, options.maxTokens)
                else -> adaptive(reasoning.effort, options.maxTokens)
            }
        }

        private fun least(version: ModelVersion, limit: Int?): Thinking = if (version.alwaysThinks) {
            Thinking(null, Effort.LOW.name.lowercase(), limit ?: (DEFAULT_TOKENS + BUDGETS.getValue(Effort.LOW)))
        } else {
            Thinking(buildJsonObject { put("type", "disabled") }, null, limit ?: DEFAULT_TOKENS)
        }

        private fun budget(reasoning: Reasoning, limit: Int?): Thinking {
            val budget = reasoning.maxTokens?.coerceAtLeast(LEAST_BUDGET) ?: budgetOf(reasoning.effort, limit)
            val maxTokens = limit ?: (DEFAULT_TOKENS + budget)
            if (maxTokens <= budget) {
                throw notSupported(
                    AnthropicTarget.NAME,
                    "maxTokens is $maxTokens, but thinking alone may take $budget and counts towards it: raise maxTokens or lower reasoning",
                )
            }
            val field = buildJsonObject {
                put("type", "enabled")
                put("budget_tokens", budget)
            }
            return Thinking(field, null, maxTokens)
        }

        /** An effort is no number, so it gives way where the answer is to be short: half of the room stays for the answer. */
        private fun budgetOf(effort: Effort, limit: Int?): Int {
            val budget = BUDGETS.getValue(effort)
            return if (limit == null || limit > budget) budget else (limit / 2).coerceAtLeast(LEAST_BUDGET)
        }

        private fun adaptive(effort: Effort, limit: Int?): Thinking {
            val field = buildJsonObject {
                put("type", "adaptive")
                // Newer models keep their thoughts to themselves unless asked.
                put("display", "summarized")
            }
            return Thinking(field, effort.name.lowercase(), limit ?: (DEFAULT_TOKENS + BUDGETS.getValue(effort)))
        }
    }
}
