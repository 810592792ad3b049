package dev.tandem.engine.httpcore

import dev.tandem.platform.EngineSource
import io.ktor.client.engine.HttpClientEngine

/** How Tandem finds this engine. */
public class HttpCoreSource : EngineSource {
    override fun newEngine(): HttpClientEngine = HttpCore.create {}
}
