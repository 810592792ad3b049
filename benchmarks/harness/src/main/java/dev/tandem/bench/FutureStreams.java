package dev.tandem.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Streams that call back, all begun by one thread. */
public interface FutureStreams extends Contender {
    /** Done when the stream has ended. */
    CompletableFuture<?> stream(String prompt, Consumer<String> onDelta);

    @Override
    default void streams(String prompt, int count, StreamTally tally) throws InterruptedException {
        Semaphore ended = new Semaphore(0);
        for (int i = 0; i < count; i++) {
            StreamTally.Reader reader = tally.open();
            stream(prompt, reader).whenComplete((nothing, failure) -> {
                if (failure == null) reader.ended();
                else reader.failed(failure);
                ended.release();
            });
        }
        ended.acquire(count);
    }
}
