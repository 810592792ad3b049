package dev.tandem.flink;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.AsyncDataStream.OutputMode;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailbox;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.types.Either;

/** A function in the operator in which Flink runs it, without a cluster: its time and its checkpoints are the test's. */
final class Operator<R> implements AutoCloseable {
    static final long TIMEOUT_MILLIS = 60_000;
    private static final int CAPACITY = 10;

    private final OneInputStreamOperatorTestHarness<Review, Either<Failure<Review>, Answer<Review, R>>> harness;
    private int taken;

    Operator(TandemFunction<Review, R> function) throws Exception {
        harness = new OneInputStreamOperatorTestHarness<>(
                new AsyncWaitOperatorFactory<>(function, TIMEOUT_MILLIS, CAPACITY, OutputMode.UNORDERED),
                TypeInformation.of(Review.class).createSerializer(new SerializerConfigImpl()));
        harness.setup(function.getProducedType().createSerializer(new SerializerConfigImpl()));
    }

    Operator<R> open() throws Exception {
        harness.open();
        return this;
    }

    Operator<R> openFrom(OperatorSubtaskState checkpoint) throws Exception {
        harness.initializeState(checkpoint);
        return open();
    }

    void take(Review review) throws Exception {
        harness.processElement(review, taken++);
    }

    OperatorSubtaskState checkpoint() throws Exception {
        return harness.snapshot(1, 1);
    }

    void letTimePass(long millis) throws Exception {
        harness.setProcessingTime(harness.getProcessingTime() + millis);
    }

    /** What comes out, as soon as there is so much. */
    List<Either<Failure<Review>, Answer<Review, R>>> awaitOutcomes(int count) throws Exception {
        while (harness.extractOutputValues().size() < count) {
            harness.getTaskMailbox().take(TaskMailbox.MIN_PRIORITY).run();
        }
        return new ArrayList<>(harness.extractOutputValues());
    }

    /** All that comes out, when no more goes in. */
    List<Either<Failure<Review>, Answer<Review, R>>> finish() throws Exception {
        harness.endInput();
        return harness.extractOutputValues();
    }

    @Override
    public void close() {
        try {
            harness.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
