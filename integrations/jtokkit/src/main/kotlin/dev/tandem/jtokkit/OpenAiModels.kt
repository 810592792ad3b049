@file:JvmName("-OpenAiModels")

package dev.tandem.jtokkit

import com.knuddels.jtokkit.api.EncodingType
import com.knuddels.jtokkit.api.ModelType

/** The table of [model], by jtokkit's list or by how its name begins; null for all that are not OpenAI's. */
internal fun encodingOf(model: String): EncodingType? {
    val name = model.substringAfterLast('/').lowercase().removePrefix("ft:")
    ModelType.fromName(name).orElse(null)?.let { return it.encodingType }
    return FAMILIES.firstOrNull { (family, _) -> name.startsWith(family) && endsIn(name, family.length) }?.second
}

/** `gpt-4` is the beginning of `gpt-4-turbo` and of a fine-tuned `gpt-4:my-firm`, but not of `gpt-40`. */
private fun endsIn(name: String, at: Int) = name.length == at || !name[at].isLetterOrDigit()

/** Longer names before their beginnings. */
private val FAMILIES: List<Pair<String, EncodingType>> = listOf(
    "gpt-4o" to EncodingType.O200K_BASE,
    "chatgpt-4o" to EncodingType.O200K_BASE,
    "gpt-4.1" to EncodingType.O200K_BASE,
    "gpt-4.5" to EncodingType.O200K_BASE,
    "gpt-5" to EncodingType.O200K_BASE,
    // Its table has other special tokens, and the same for text.
    "gpt-oss" to EncodingType.O200K_BASE,
    "gpt-audio" to EncodingType.O200K_BASE,
    "gpt-realtime" to EncodingType.O200K_BASE,
    "codex-mini" to EncodingType.O200K_BASE,
    "computer-use-preview" to EncodingType.O200K_BASE,
    "o1" to EncodingType.O200K_BASE,
    "o3" to EncodingType.O200K_BASE,
    "o4" to EncodingType.O200K_BASE,
    "gpt-4" to EncodingType.CL100K_BASE,
    "gpt-3.5" to EncodingType.CL100K_BASE,
    // As Azure writes it.
    "gpt-35" to EncodingType.CL100K_BASE,
    "text-embedding-3" to EncodingType.CL100K_BASE,
    "text-embedding-ada-002" to EncodingType.CL100K_BASE,
    "davinci-002" to EncodingType.CL100K_BASE,
    "babbage-002" to EncodingType.CL100K_BASE,
)
