package dev.tandem.bench;

/** Calls that return when they are done, from a thread for each that is under way. */
public interface BlockingCalls extends Contender {
    /** The text of the answer. */
    String call(String prompt) throws Exception;

    @Override
    default void calls(String prompt, int count, int atOnce, CallTally tally) throws InterruptedException {
        Workers.run(count, atOnce, () -> tally.time(() -> call(prompt)));
    }
}
