package dev.tandem.interop;

import dev.tandem.batch.file.BatchFile;
import dev.tandem.batch.file.BatchSummary;
import org.reactivestreams.Publisher;

/** One item when the file is done. What {@link ReactiveClient} says holds here too. */
public final class ReactiveBatchFile {
    private final BatchFile core;

    ReactiveBatchFile(BatchFile core) {
        this.core = core;
    }

    /** Runs, or goes on where an earlier run ended. */
    public Publisher<BatchSummary> run() {
        return Bridge.publisher(k -> core.run(k));
    }
}
