package dev.tandem.testing.cassette

import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.engine.okhttp.OkHttp
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import java.util.regex.Pattern

/**
 * Answers of a real provider in a file, so that tests get them without network, key or cost: an engine for
 * `builder.engine(Cassette.auto(path))`. Streams come in the pieces in which they came.
 *
 * Of a request the file has method, path and body, and no header; of an answer its status, and the few headers that clients read. What
 * looks like a key is replaced in bodies and paths, and so is what a [Builder] is told to hide. Look at a file before you commit it.
 *
 * When it replays, requests are the same if these three are, JSON in any order of its fields. Equal requests get their answers in the
 * order in which these came, and the last one from then on. What was never asked is refused with 400 and words that say so.
 *
 * A client does not close an engine that it was given: close this one, or leave it to the end of the process.
 */
public object Cassette {
    /** Answers from the file only, which has to be there. */
    @JvmStatic
    public fun replay(file: Path): HttpClientEngine = builder(file).replay()

    /** Asks the real provider, and writes a new file over what was there. */
    @JvmStatic
    public fun record(file: Path): HttpClientEngine = builder(file).record()

    /** Replays the file if it is there, else records it: delete it to record anew. */
    @JvmStatic
    public fun auto(file: Path): HttpClientEngine = builder(file).auto()

    /** For what else is to be hidden, or another engine. */
    @JvmStatic
    public fun builder(file: Path): Builder = Builder(file)

    /** What a cassette is made of. Hide the same for replaying as for recording: requests are compared as they are written. */
    public class Builder internal constructor(private val file: Path) {
        private val hidden = mutableListOf<Pair<Pattern, String>>()
        private var engine: HttpClientEngine? = null

        /** Writes `[hidden]` in place of [text], wherever it is. */
        public fun hide(text: String): Builder {
            require(text.isNotBlank()) { "a text to hide must not be blank, but is '$text'" }
            return hide(Pattern.compile(Pattern.quote(text)), "[hidden]")
        }

        /** Writes [replacement] in place of what fits [pattern]; `$1` in it is the first group. */
        public fun hide(pattern: Pattern, replacement: String): Builder = apply { hidden += pattern to replacement }

        /** Asks the real provider in place of an OkHttp of its own; closed with the cassette in either case. */
        public fun engine(engine: HttpClientEngine): Builder = apply { this.engine = engine }

        /** Answers from the file only, which has to be there. */
        public fun replay(): HttpClientEngine = Player(Tape.read(file, Scrubbing(hidden.toList())))

        /** Asks the real provider, and writes a new file over what was there. */
        public fun record(): HttpClientEngine = Recorder(Tape.begin(file, Scrubbing(hidden.toList())), engine ?: patient())

        /** Replays the file if it is there, else records it. */
        public fun auto(): HttpClientEngine = if (Files.exists(file)) replay() else record()
    }

    /** The client's own timers are enough. */
    private fun patient(): HttpClientEngine = OkHttp.create {
        config { readTimeout(0, TimeUnit.SECONDS) }
    }
}
