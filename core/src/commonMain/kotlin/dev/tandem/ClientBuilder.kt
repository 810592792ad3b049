package dev.tandem

import dev.tandem.accounting.Budget
import dev.tandem.accounting.Prices
import dev.tandem.accounting.TokenCounter
import dev.tandem.cache.Cache
import dev.tandem.cache.SemanticCache
import dev.tandem.error.AiException
import dev.tandem.model.OptionsBuilder
import dev.tandem.pipeline.Middleware
import dev.tandem.privacy.Masking
import dev.tandem.resilience.CircuitBreaker
import dev.tandem.resilience.Concurrency
import dev.tandem.resilience.Hedging
import dev.tandem.resilience.RateLimit
import dev.tandem.resilience.RetryPolicy
import dev.tandem.resilience.Routing
import dev.tandem.resilience.SharedLimits
import dev.tandem.telemetry.CallListener
import io.ktor.client.engine.HttpClientEngine
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlin.jvm.JvmSynthetic
import kotlin.random.Random
import kotlin.time.TimeSource

/**
 * What a client is made of, besides its provider. The options set here hold for every call that does not say otherwise. Unless
 * set, a call is retried twice, a provider's wish for silence is obeyed, and there is nothing else between the two.
 */
public abstract class ClientBuilder<B : ClientBuilder<B>> protected constructor() : OptionsBuilder<B>() {
    /** The model for embeddings; null for the provider's own choice. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var embeddingModel: String? = null

    /** Carries the client's HTTP; null for the default one. An engine given here is not closed with the client. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var engine: HttpClientEngine? = null

    /** What is tried again, how often and after which pauses; three attempts unless set. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var retry: RetryPolicy = RetryPolicy.DEFAULT

    /** For each model on its own; null for the provider's limits only. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var rateLimit: RateLimit? = null

    /** Whether a provider that refuses, or says that little is left, holds back the calls that follow. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var obeysLimits: Boolean = true

    /** What other processes count, too; asked after [rateLimit], which it gets to know. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var sharedLimits: SharedLimits? = null

    /** For each model on its own; null for as many as are made. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var concurrency: Concurrency? = null

    /** For each target on its own; null for none. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var circuitBreaker: CircuitBreaker? = null

    /** When a call that takes long is made once more beside itself; null for never. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var hedging: Hedging? = null

    /** Keeps answers for those who ask the same again; null for none. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var cache: Cache? = null

    /** Answers what means nearly the same as something that was asked before; behind [cache]. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var semanticCache: SemanticCache? = null

    /** What no provider gets to see; null for nothing of the kind. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var masking: Masking? = null

    /** Which of the client's provider and its alternatives is asked first. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var routing: Routing = Routing.ORDERED

    /** The share of the client's own provider, where shares are given out. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var weight: Int = 1
        set(value) {
            require(value >= 1) { "weight must be at least 1, but is $value" }
            field = value
        }

    /** What tokens cost. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var prices: Prices? = null

    /** Counts the tokens of a prompt before it is sent, for limits and budgets. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var tokenCounter: TokenCounter = TokenCounter.ESTIMATE

    /** How many requests a call for more vectors than fit into one makes at once. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var embeddingConcurrency: Int = 8
        set(value) {
            require(value >= 1) { "embeddingConcurrency must be at least 1, but is $value" }
            field = value
        }

    @get:JvmSynthetic internal val alternatives = mutableListOf<Alternative>()

    @get:JvmSynthetic internal val budgets = mutableListOf<Budget>()

    @get:JvmSynthetic internal val middleware = mutableListOf<Middleware>()

    @get:JvmSynthetic internal val listeners = mutableListOf<CallListener>()

    @get:JvmSynthetic internal var alternativeFor: (AiException) -> Boolean = ::isWorthAnother

    /** What limits, timeouts and statistics read. A test whose delays take no time has one: `clock = testScheduler.timeSource`. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var clock: TimeSource.WithComparableMarks = TimeSource.Monotonic

    /** By this a test has its own chance. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    internal var random: Random = Random.Default

    /** Where calls run that several callers wait for. A test with a [clock] of its own has the dispatcher that goes with it. */
    @get:JvmSynthetic
    @set:JvmSynthetic
    public var background: CoroutineDispatcher = Dispatchers.Default

    /** The model for embeddings; null for the provider's own choice. */
    public fun embeddingModel(model: String?): B = set { embeddingModel = model }

    /** Carries the client's HTTP; null for the default one. An engine given here is not closed with the client. */
    public fun engine(engine: HttpClientEngine?): B = set { this.engine = engine }

    /** What is tried again, how often and after which pauses. */
    public fun retry(policy: RetryPolicy): B = set { retry = policy }

    /** For each model on its own; null for the provider's limits only. */
    public fun rateLimit(limit: RateLimit?): B = set { rateLimit = limit }

    /** Whether a provider that refuses, or says that little is left, holds back the calls that follow. */
    public fun obeysLimits(obeys: Boolean): B = set { obeysLimits = obeys }

    /** What other processes count, too. */
    public fun sharedLimits(limits: SharedLimits?): B = set { sharedLimits = limits }

    /** For each model on its own; null for as many as are made. */
    public fun concurrency(concurrency: Concurrency?): B = set { this.concurrency = concurrency }

    /** For each target on its own; null for none. */
    public fun circuitBreaker(breaker: CircuitBreaker?): B = set { circuitBreaker = breaker }

    /** When a call that takes long is made once more beside itself; null for never. */
    public fun hedging(hedging: Hedging?): B = set { this.hedging = hedging }

    /** Answers what means nearly the same as something that was asked before. */
    public fun semanticCache(cache: SemanticCache?): B = set { semanticCache = cache }

    /** Keeps answers for those who ask the same again; null for none. */
    public fun cache(cache: Cache?): B = set { this.cache = cache }

    /** What no provider gets to see. */
    public fun masking(masking: Masking?): B = set { this.masking = masking }

    /** Another provider that is asked where the ones before it fail. */
    public fun alternative(alternative: Alternative): B = set { alternatives += alternative }

    /** For which failures an alternative is asked, in place of our own choice: `alternativeFor { it is OverloadedException }` */
    public fun alternativeFor(isWorthIt: (AiException) -> Boolean): B = set { alternativeFor = isWorthIt }

    /** Which of the client's provider and its alternatives is asked first. */
    public fun routing(routing: Routing): B = set { this.routing = routing }

    /** The share of the client's own provider, where shares are given out. */
    public fun weight(weight: Int): B = set { this.weight = weight }

    /** Calls are refused when it is spent. Each budget is watched on its own. */
    public fun budget(budget: Budget): B = set { budgets += budget }

    /** What tokens cost; null for the prices that came with the library. */
    public fun prices(prices: Prices?): B = set { this.prices = prices }

    /** Counts the tokens of a prompt before it is sent, for limits and budgets. */
    public fun tokenCounter(counter: TokenCounter): B = set { tokenCounter = counter }

    /** Hears what happens to each call. */
    public fun listener(listener: CallListener): B = set { listeners += listener }

    /** A layer of your own, outside all others but the statistics; the one added first is outermost. */
    public fun middleware(layer: Middleware): B = set { middleware += layer }

    /** How many requests a call for more vectors than fit into one makes at once; 8 unless set. */
    public fun embeddingConcurrency(requests: Int): B = set { embeddingConcurrency = requests }

    @JvmSynthetic
    internal fun takeOver(other: ClientBuilder<*>) {
        options(other.toOptions())
        embeddingModel = other.embeddingModel
        engine = other.engine
        retry = other.retry
        rateLimit = other.rateLimit
        obeysLimits = other.obeysLimits
        sharedLimits = other.sharedLimits
        concurrency = other.concurrency
        circuitBreaker = other.circuitBreaker
        hedging = other.hedging
        cache = other.cache
        semanticCache = other.semanticCache
        masking = other.masking
        routing = other.routing
        weight = other.weight
        prices = other.prices
        tokenCounter = other.tokenCounter
        embeddingConcurrency = other.embeddingConcurrency
        clock = other.clock
        background = other.background
        alternatives += other.alternatives
        budgets += other.budgets
        middleware += other.middleware
        listeners += other.listeners
        alternativeFor = other.alternativeFor
    }

    @Suppress("UNCHECKED_CAST")
    private inline fun set(change: () -> Unit): B {
        change()
        return this as B
    }
}
