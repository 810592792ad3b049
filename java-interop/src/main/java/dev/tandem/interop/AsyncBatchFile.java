package dev.tandem.interop;

import dev.tandem.batch.file.BatchFile;
import dev.tandem.batch.file.BatchSummary;
import java.util.concurrent.CompletableFuture;

/** A future that is done when the file is. What {@link Views#async} says of them holds here too. */
public final class AsyncBatchFile {
    private final BatchFile core;

    AsyncBatchFile(BatchFile core) {
        this.core = core;
    }

    /** Runs, or goes on where an earlier run ended. */
    public CompletableFuture<BatchSummary> run() {
        return Bridge.future(k -> core.run(k));
    }
}
