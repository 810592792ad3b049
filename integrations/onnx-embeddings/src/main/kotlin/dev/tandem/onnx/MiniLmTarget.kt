package dev.tandem.onnx

import dev.tandem.error.ContextLengthException
import dev.tandem.error.ErrorDetails
import dev.tandem.error.ModelNotFoundException
import dev.tandem.error.NotSupportedException
import dev.tandem.model.ChatEvent
import dev.tandem.model.ChatRequest
import dev.tandem.model.ChatResponse
import dev.tandem.model.Embedding
import dev.tandem.model.EmbeddingRequest
import dev.tandem.model.EmbeddingResponse
import dev.tandem.model.ModelInfo
import dev.tandem.model.ModelsRequest
import dev.tandem.model.Usage
import dev.tandem.pipeline.Target
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock

/**
 * The model as a target. Texts of several calls take turns on its threads, one by one, to be cut into pieces and to be computed: behind each
 * it yields, and a call that is given up stops there.
 */
internal class MiniLmTarget(
    private val threads: Int,
    private val truncates: Boolean,
    /** Asked for each text, on a thread of this target: the first time takes a moment. */
    private val pieces: () -> WordPieces = { Model.pieces },
) : Target {
    private val number = AtomicInteger()
    private val executor = Executors.newFixedThreadPool(threads) { work ->
        Thread(null, work, "tandem-minilm-${number.incrementAndGet()}", STACK).apply { isDaemon = true }
    }
    private val dispatcher = executor.asCoroutineDispatcher()
    private val lock = ReentrantLock()

    /** Guarded by the lock. */
    private var isClosed = false
    private var keepsModel = false

    override val name: String get() = MiniLm.NAME
    override val defaultModel: String get() = MODEL
    override val defaultEmbeddingModel: String get() = MODEL
    override val maxEmbeddingInputs: Int get() = Int.MAX_VALUE
    override val maxTokensOfEmbeddingInput: Int get() = if (truncates) Int.MAX_VALUE else MiniLm.MAX_TOKENS

    override suspend fun tokensOf(text: String): Int = withContext(dispatcher) { pieces().count(text, null) }

    override suspend fun embed(request: EmbeddingRequest): EmbeddingResponse {
        check(request)
        return withContext(dispatcher) {
            val ids = request.inputs.mapIndexed { i, text -> idsOf(i, text).also { yield() } }
            val vectors = withModel { vectorsOf(ids, it) }
            EmbeddingResponse(MODEL, vectors, Usage.of(ids.sumOf { it.size + 2L }, 0))
        }
    }

    override suspend fun chat(request: ChatRequest): ChatResponse = throw notSupported("chats")

    override fun stream(request: ChatRequest): Flow<ChatEvent> = flow { throw notSupported("chats") }

    override fun models(request: ModelsRequest): Flow<ModelInfo> = flowOf(ModelInfo(MODEL, ""))

    override suspend fun warmUp(request: ModelsRequest): Unit = withContext(dispatcher) {
        pieces()
        withModel { }
    }

    override fun close() {
        lock.withLock {
            if (isClosed) return
            isClosed = true
            if (keepsModel) Model.giveBack()
        }
        executor.shutdown()
    }

    private suspend fun vectorsOf(ids: List<IntArray>, model: Model): List<Embedding> {
        val vectors = arrayOfNulls<Embedding>(ids.size)
        val next = AtomicInteger()
        coroutineScope {
            repeat(minOf(threads, ids.size)) {
                launch {
                    while (true) {
                        val i = next.getAndIncrement()
                        if (i >= ids.size) break
                        vectors[i] = Embedding(model.vectorOf(ids[i]))
                        yield()
                    }
                }
            }
        }
        return vectors.map(::checkNotNull)
    }

    /** The target keeps the model until it is closed, and each call as long as it runs: nothing is computed by what is freed. */
    private inline fun <R> withModel(use: (Model) -> R): R {
        val model = lock.withLock {
            check(!isClosed) { "this client is closed: make a new one" }
            if (!keepsModel) Model.take()
            keepsModel = true
            Model.take()
        }
        try {
            return use(model)
        } finally {
            Model.giveBack()
        }
    }

    private fun idsOf(index: Int, text: String): IntArray {
        val ids = pieces().idsOf(text)
        if (ids.size <= MiniLm.MAX_TOKENS) return ids
        if (truncates) return ids.copyOf(MiniLm.MAX_TOKENS)
        throw ContextLengthException(
            "$name: input $index has ${ids.size} word pieces, and the model reads ${MiniLm.MAX_TOKENS}: " +
                "split it into several texts, or build MiniLm with truncates(true)",
            DETAILS,
        )
    }

    private fun check(request: EmbeddingRequest) {
        val model = request.options.model
        if (model != null && model != MODEL) throw ModelNotFoundException("$name: there is '$MODEL' only, not '$model'", DETAILS)
        val dimensions = request.dimensions
        if (dimensions != null &&
            dimensions != Model.DIMENSIONS
        ) {
            throw notSupported("$dimensions dimensions instead of ${Model.DIMENSIONS}")
        }
        if (request.options.extra.isNotEmpty()) throw notSupported("the extra fields ${request.options.extra.keys}")
    }

    private fun notSupported(what: String) = NotSupportedException("$name: $what cannot be had: it makes vectors of texts", DETAILS)

    private companion object {
        const val MODEL = "all-MiniLM-L6-v2"

        /** The native library walks the model's graph by recursion when it loads it: two megabytes, and a crash of the process with less. */
        const val STACK = 16L * 1024 * 1024
        val DETAILS: ErrorDetails = ErrorDetails.builder().provider(MiniLm.NAME).build()
    }
}
