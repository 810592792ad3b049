package dev.tandem.interop;

import dev.tandem.batch.ProgressListener;
import dev.tandem.batch.file.BatchFile;
import dev.tandem.batch.file.InputLine;
import dev.tandem.batch.file.LineAnswer;
import dev.tandem.model.Options;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A file of requests that becomes a file of answers, seen in three ways. What {@link BatchFile} says holds here too. Needs
 * {@code tandem-batch} on the class path.
 */
public final class JavaBatchFile extends Views<BatchFile, BlockingBatchFile, AsyncBatchFile, ReactiveBatchFile> {
    private JavaBatchFile(BatchFile core) {
        super(core, new BlockingBatchFile(core), new AsyncBatchFile(core), new ReactiveBatchFile(core));
    }

    /** The views of what Kotlin code made. */
    public static JavaBatchFile of(BatchFile core) {
        return new JavaBatchFile(core);
    }

    /** Which file becomes which, and how. */
    public static Builder builder(JavaAiClient client, Path input, Path output) {
        return new Builder(BatchFile.builder(client.core(), input, output));
    }

    /** Which file becomes which, and how. */
    public static final class Builder {
        private final BatchFile.Builder core;

        private Builder(BatchFile.Builder core) {
            this.core = core;
        }

        /** What remembers it; the output's name with {@code .journal} unless set. */
        public Builder journal(@Nullable Path file) {
            core.journal(file);
            return this;
        }

        /** For chats, where a line does not say otherwise. */
        public Builder options(Options options) {
            core.options(options);
            return this;
        }

        /** Lines that name no endpoint are to become vectors. */
        public Builder embed() {
            core.embed();
            return this;
        }

        /** Hears twice a second how far it is, and at the end. */
        public Builder progress(ProgressListener listener) {
            core.progress(listener);
            return this;
        }

        /** {@code batch(b -> b.concurrency(100))}: how it is run. Journal, keys and progress are set here already. */
        public Builder batch(Consumer<JavaBatch.Builder<InputLine, LineAnswer>> configure) {
            core.batch(batch -> configure.accept(new JavaBatch.Builder<>(batch)));
            return this;
        }

        /** What runs it, as often as it takes. */
        public JavaBatchFile build() {
            return of(core.build());
        }
    }
}
