package dev.tandem.bench.scenario;

final class Prompts {
    static final String SHORT = "Explain structured concurrency in three sentences.";

    /** As long as the prompt of the workflow with a long memory. */
    static final String LONG = "All that was said before. ".repeat(741).substring(0, 19_245);

    private Prompts() {}
}
