package dev.tandem.interop;

import dev.tandem.batch.file.BatchFile;
import dev.tandem.batch.file.BatchSummary;

/** A call that returns when the file is done. What {@link BlockingClient} says holds here too. */
public final class BlockingBatchFile {
    private final BatchFile core;

    BlockingBatchFile(BatchFile core) {
        this.core = core;
    }

    /** Runs, or goes on where an earlier run ended. */
    public BatchSummary run() {
        return Bridge.block(k -> core.run(k));
    }
}
