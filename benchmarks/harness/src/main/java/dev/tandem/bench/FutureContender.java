package dev.tandem.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** A client whose calls are futures. */
public abstract class FutureContender implements Contender {
    /** The text of the answer. */
    protected abstract CompletableFuture<String> call(String prompt);

    /** Done when the stream has ended. */
    protected abstract CompletableFuture<?> stream(String prompt, Consumer<String> onDelta);

    @Override
    public final void calls(String prompt, int count, int atOnce, CallTally tally) throws InterruptedException {
        Semaphore slots = new Semaphore(atOnce);
        for (int i = 0; i < count; i++) {
            slots.acquire();
            long begun = tally.begin();
            call(prompt).whenComplete((answer, failure) -> {
                if (failure == null) tally.done(begun, answer);
                else tally.failed(failure);
                slots.release();
            });
        }
        slots.acquire(atOnce);
    }

    @Override
    public final void streams(String prompt, int count, StreamTally tally) throws InterruptedException {
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
