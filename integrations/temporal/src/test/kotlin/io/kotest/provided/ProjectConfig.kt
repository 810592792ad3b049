package io.kotest.provided

import io.kotest.core.config.AbstractProjectConfig
import kotlin.time.Duration.Companion.seconds

/** Kotest looks for this very name. A test that hangs fails, and with it only itself. */
object ProjectConfig : AbstractProjectConfig() {
    override val timeout = 300.seconds
}
