package dev.tandem.bench;

import java.util.function.Consumer;

/** Streams that are read until they end, each by a thread of its own. */
public interface BlockingStreams extends Contender {
    void stream(String prompt, Consumer<String> onDelta) throws Exception;

    @Override
    default void streams(String prompt, int count, StreamTally tally) throws InterruptedException {
        Workers.run(count, count, () -> tally.read(onDelta -> stream(prompt, onDelta)));
    }
}
