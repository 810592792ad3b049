@file:JvmName("-Sampling")

package dev.tandem.llama

import de.kherud.llama.InferenceParameters
import dev.tandem.model.Options

/** [prompt] and [options] in the native library's words. Stop texts are not among them: their end would look like any other. */
internal fun sampling(prompt: String, options: Options, template: Template, maxTokens: Int): InferenceParameters {
    val parameters = InferenceParameters(prompt).setNPredict(maxTokens)
    (options.temperature ?: template.temperature)?.let { parameters.setTemperature(it.toFloat()) }
    options.topP?.let { parameters.setTopP(it.toFloat()) }
    options.topK?.let { parameters.setTopK(it) }
    options.frequencyPenalty?.let { parameters.setFrequencyPenalty(it.toFloat()) }
    options.presencePenalty?.let { parameters.setPresencePenalty(it.toFloat()) }
    grammarOf(options.responseFormat)?.let { parameters.setGrammar(it) }
    // A remembered prompt is computed in other steps, which moves the last digits and so, now and then, the choice.
    options.seed?.let { parameters.setSeed(it.hashCode()).setCachePrompt(false) }
    return parameters
}
