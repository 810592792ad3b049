package dev.tandem.batch

/** Hears how far a batch has come, now and then and at its end. It must be quick; what it throws is dropped. */
public fun interface ProgressListener {
    /** [progress] is one moment of the run, and stays as it is. */
    public fun onProgress(progress: BatchProgress)
}
