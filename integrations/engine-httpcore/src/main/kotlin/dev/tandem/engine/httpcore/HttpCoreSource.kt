package dev.tandem.engine.httpcore

import dev.tandem.platform.EngineSource
import io.ktor.client.engine.HttpClientEngine

/** How Tandem finds this engine. */
public class HttpCoreSource : EngineSource {
    /** With the settings it has by itself; whoever asked closes it. */
    override fun newEngine(): HttpClientEngine = HttpCore.create {}
}
