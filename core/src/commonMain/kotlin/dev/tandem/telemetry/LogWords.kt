@file:JvmName("-LogWords")

package dev.tandem.telemetry

import dev.tandem.model.Usage
import kotlin.jvm.JvmName

internal fun tokens(usage: Usage): String = "${usage.inputTokens} tokens in, ${usage.outputTokens} out"
