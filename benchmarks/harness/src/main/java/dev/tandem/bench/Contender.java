package dev.tandem.bench;

import java.util.List;

/** A client under measurement. Has a public constructor that takes a {@link Site}. */
public interface Contender extends AutoCloseable {
    /** Makes {@code count} unary calls, {@code atOnce} at a time, and returns when all have ended. */
    void calls(String prompt, int count, int atOnce, CallTally tally) throws Exception;

    /** Makes calls in steps: each number is how many at once, when all of the step before have ended. */
    default void steps(String prompt, int[] steps, CallTally tally) throws Exception {
        for (int calls : steps) calls(prompt, calls, calls, tally);
    }

    /** Reads {@code count} streams at once, and returns when all have ended. */
    void streams(String prompt, int count, StreamTally tally) throws Exception;

    /** Asks for one vector for each text, and says how many numbers came. */
    default long embed(List<String> texts, Encoding encoding) throws Exception {
        throw new NotOffered("embeddings");
    }

    @Override
    default void close() {}
}
