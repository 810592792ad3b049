package dev.tandem.bench;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Calls that are futures, all begun by one thread. */
public interface FutureCalls extends Contender {
    /** The text of the answer. */
    CompletableFuture<String> call(String prompt);

    @Override
    default void calls(String prompt, int count, int atOnce, CallTally tally) throws InterruptedException {
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
}
