package dev.tandem.platform

/**
 * An engine that can be asked without Ktor's client before it, which copies each request, reads its address again and starts
 * three coroutines for it: more than all that is ours in a call. Other engines are asked through Ktor.
 */
public interface DirectEngine {
    /** Comes back with the head of the answer. To cancel the caller before that ends the exchange. */
    public suspend fun ask(request: EngineRequest): EngineAnswer
}
