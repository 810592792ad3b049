package dev.tandem.bench;

import java.util.function.Consumer;

/** A client whose calls return when they are done. */
public abstract class BlockingContender implements Contender {
    private final Workers workers = new Workers();

    /** The text of the answer. */
    protected abstract String call(String prompt) throws Exception;

    protected abstract void stream(String prompt, Consumer<String> onDelta) throws Exception;

    @Override
    public final void calls(String prompt, int count, int atOnce, CallTally tally) throws InterruptedException {
        workers.run(count, atOnce, () -> tally.time(() -> call(prompt)));
    }

    @Override
    public final void streams(String prompt, int count, StreamTally tally) throws InterruptedException {
        workers.run(count, count, () -> tally.read(onDelta -> stream(prompt, onDelta)));
    }

    @Override
    public void close() {
        workers.close();
    }
}
