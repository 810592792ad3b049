package dev.tandem.batch.file

import dev.tandem.AiClient
import dev.tandem.batch.Batch
import dev.tandem.batch.BatchProgress
import dev.tandem.batch.BatchResult
import dev.tandem.batch.ProgressListener
import dev.tandem.model.Options
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.nio.file.Files
import java.nio.file.Path
import java.util.function.Consumer

/**
 * A file of requests that becomes a file of answers: JSONL in, JSONL out, in the same order, each exactly once, whatever happens in
 * between. `docs/batches.md` has the formats.
 */
public class BatchFile private constructor(private val ai: AiClient, from: Builder) {
    private val input = from.input
    private val output = from.output
    private val journal = from.journal ?: output.resolveSibling("${output.fileName}.journal")
    private val task = LineTask(from.options)
    private val isForVectors = from.isForVectors
    private val configure = from.configure.toList()
    private val listener = from.listener

    /**
     * Runs, or goes on. Returns when every line has its answer or error in the output. Ended early, it throws what
     * [Batch.run] ends with; the output then has what there is, and the same call goes on.
     */
    public suspend fun run(): BatchSummary {
        val total = withContext(Dispatchers.IO) {
            check()
            InputLines.count(input)
        }
        val seen = Seen()
        val batch = Batch
            .builder(ai, task)
            .apply { configure.forEach { it.accept(this) } }
            .journal(journal)
            .key { it.id }
            .progress { progress ->
                seen.progress = progress
                listener?.onProgress(progress)
            }.build()
        val lines = if (isForVectors) InputLines.toEmbed(input) else InputLines.of(input)
        batch.run(lines, total, OutputFile(output, task)).collect(seen::add)
        return BatchSummary(output, journal, checkNotNull(seen.progress), seen.unreadable)
    }

    /** [Files.isSameFile] asks for two that are there. */
    private fun check() {
        require(Files.isRegularFile(input)) { "there is no file $input" }
        require(!Files.exists(output) || !Files.isSameFile(input, output)) { "$input is the input and the output: name another output" }
        require(!Files.exists(output) || Files.exists(journal)) {
            "$output is there already, and $journal, which would say that it is of the same batch, is not: name another output, or remove it"
        }
    }

    /** What is remembered of the results. */
    private class Seen {
        @Volatile var progress: BatchProgress? = null
        val unreadable = mutableListOf<Long>()

        fun add(result: BatchResult<InputLine, LineAnswer>) {
            if (result.item.problem != null && unreadable.size < MOST_LINES) unreadable += result.item.number
        }
    }

    /** Which file becomes which, and how. */
    public class Builder internal constructor(private val ai: AiClient, internal val input: Path, internal val output: Path) {
        internal var journal: Path? = null
        internal var options = Options.NONE
        internal var isForVectors = false
        internal var listener: ProgressListener? = null
        internal val configure = mutableListOf<Consumer<Batch.Builder<InputLine, LineAnswer>>>()

        /** What remembers it; the output's name with `.journal` unless set. */
        public fun journal(file: Path?): Builder = apply { journal = file }

        /** For chats, where a line does not say otherwise. */
        public fun options(options: Options): Builder = apply { this.options = options }

        /** Lines that name no endpoint are to become vectors: `{"text": …}`, or just a text in quotes. */
        public fun embed(): Builder = apply { isForVectors = true }

        /** Hears twice a second how far it is, and at the end. */
        public fun progress(listener: ProgressListener): Builder = apply { this.listener = listener }

        /** How it is run. The journal, the key of a line and who hears of progress are set here already. */
        public fun batch(configure: Consumer<Batch.Builder<InputLine, LineAnswer>>): Builder = apply { this.configure += configure }

        /** Looks at no file yet: [run] does. */
        public fun build(): BatchFile = BatchFile(ai, this)
    }

    public companion object {
        private const val MOST_LINES = 1_000

        /** [input] is only read. [ai] stays yours to close. */
        @JvmStatic
        public fun builder(ai: AiClient, input: Path, output: Path): Builder = Builder(ai, input, output)
    }
}
