package dev.tandem.workflow.run

/** Settings that go together. `docs/workflows.md` has them side by side. */
public enum class ExecutorMode(internal val concurrency: Int, internal val eventBuffer: Int, internal val recordsInputs: Boolean) {
    /** 16 nodes at once. */
    BALANCED(16, 256, true),

    /** 512 nodes at once, as far as the clients' own limits let them; long buffers for events. */
    HIGH_THROUGHPUT(512, 4_096, false),

    /** Every node starts the moment it can. */
    LOW_LATENCY(Int.MAX_VALUE, 64, true),

    /** 4 nodes at once, and nothing is kept of what nodes and tools were given. */
    MEMORY_OPTIMIZED(4, 16, false),
}
