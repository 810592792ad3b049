@file:JvmName("-ClientDsl")

package dev.tandem

import dev.tandem.cache.Cache
import dev.tandem.cache.CacheStore
import dev.tandem.cache.SemanticCache
import dev.tandem.error.AiException
import dev.tandem.privacy.Masking
import dev.tandem.provider.Provider
import dev.tandem.resilience.CircuitBreaker
import dev.tandem.resilience.Concurrency
import dev.tandem.resilience.Hedging
import dev.tandem.resilience.RateLimit
import dev.tandem.resilience.RetryPolicy
import kotlin.jvm.JvmName
import kotlin.jvm.JvmSynthetic

/** `retry { maxAttempts = 4 }` */
@JvmSynthetic
public fun ClientBuilder<*>.retry(build: RetryPolicy.Builder.() -> Unit) {
    retry = RetryPolicy.builder().apply(build).build()
}

/** `rateLimit { requestsPerMinute = 500; tokensPerMinute = 200_000 }` */
@JvmSynthetic
public fun ClientBuilder<*>.rateLimit(build: RateLimit.Builder.() -> Unit) {
    rateLimit = RateLimit.builder().apply(build).build()
}

/** `maxConcurrency(20)` */
@JvmSynthetic
public fun ClientBuilder<*>.maxConcurrency(calls: Int) {
    concurrency = Concurrency.atMost(calls)
}

/** `circuitBreaker { failures = 3 }` */
@JvmSynthetic
public fun ClientBuilder<*>.circuitBreaker(build: CircuitBreaker.Builder.() -> Unit = {}) {
    circuitBreaker = CircuitBreaker.builder().apply(build).build()
}

/** `hedging { after = 2.seconds }` */
@JvmSynthetic
public fun ClientBuilder<*>.hedging(build: Hedging.Builder.() -> Unit = {}) {
    hedging = Hedging.builder().apply(build).build()
}

/** `cache(MemoryCache(10_000)) { ttl = 1.hours }` */
@JvmSynthetic
public fun ClientBuilder<*>.cache(store: CacheStore, build: Cache.Builder.() -> Unit = {}) {
    cache = Cache.builder(store).apply(build).build()
}

/** `semanticCache { threshold = 0.93 }` */
@JvmSynthetic
public fun ClientBuilder<*>.semanticCache(build: SemanticCache.Builder.() -> Unit = {}) {
    semanticCache = SemanticCache.builder().apply(build).build()
}

/** `alternative(Anthropic(key)) { model = "claude-sonnet-4-5" }` */
@JvmSynthetic
public fun ClientBuilder<*>.alternative(provider: Provider, build: Alternative.Builder.() -> Unit = {}) {
    alternatives += Alternative.builder(provider).apply(build).build()
}

/** `masking { rule(MaskingRule.EMAIL) }`; without a rule all of [dev.tandem.privacy.MaskingRule.COMMON] hold. */
@JvmSynthetic
public fun ClientBuilder<*>.masking(build: Masking.Builder.() -> Unit = {}) {
    masking = Masking.builder().apply(build).build()
}
