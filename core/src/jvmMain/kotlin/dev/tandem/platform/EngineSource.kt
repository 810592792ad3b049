package dev.tandem.platform

import io.ktor.client.engine.HttpClientEngine

/**
 * Where clients get their engine from when none is given to them. A module that brings one names its class in
 * `META-INF/services`; the first on the class path is taken in place of OkHttp. On Android nobody looks for one.
 */
public interface EngineSource {
    /** A new engine, closed by whoever asked. */
    public fun newEngine(): HttpClientEngine
}
