@file:JvmName("-Refusals")

package dev.tandem.provider.http

import dev.tandem.error.ErrorDetails
import dev.tandem.error.NotSupportedException
import kotlin.jvm.JvmName

/** [what] names the value that [provider] does not take, and the remedy. For before anything is sent. */
internal fun notSupported(provider: String, what: String) =
    NotSupportedException("$provider: $what", ErrorDetails.builder().provider(provider).build())
