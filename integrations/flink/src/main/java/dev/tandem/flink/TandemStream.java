package dev.tandem.flink;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.types.Either;
import org.apache.flink.util.OutputTag;
import org.apache.flink.util.function.SerializableFunction;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose items a model is asked about:
 *
 * <pre>{@code
 * TandemStream<Review, String> asked = TandemStream.builder(
 *                 reviews,
 *                 task -> JavaAiClient.builder(OpenAi.fromEnvironment()).model("gpt-4o-mini").build(),
 *                 Ask.generate(review -> "Is this a happy review? " + review.text()))
 *         .idempotencyKey(Review::id)
 *         .build();
 * asked.answers().sinkTo(…);
 * asked.failures().sinkTo(…);
 * }</pre>
 *
 * <p>Each item comes out once, on one side or the other.
 */
public final class TandemStream<T, R> {
    private final SingleOutputStreamOperator<Answer<T, R>> answers;
    private final DataStream<Failure<T>> failures;

    private TandemStream(SingleOutputStreamOperator<Answer<T, R>> answers, DataStream<Failure<T>> failures) {
        this.answers = answers;
        this.failures = failures;
    }

    /** Asks by {@code ask} about each of {@code items}, with a client for each parallel task. */
    public static <T, R> Builder<T, R> builder(DataStream<T> items, ClientFactory clients, Ask<T, R> ask) {
        return new Builder<>(items, clients, ask);
    }

    /** Parts what a {@link TandemFunction} has made of a stream, for whoever calls {@code AsyncDataStream} himself. */
    public static <T, R> TandemStream<T, R> of(SingleOutputStreamOperator<Either<Failure<T>, Answer<T, R>>> outcomes) {
        return parted(outcomes, null);
    }

    /** What the model has made of the items. */
    public SingleOutputStreamOperator<Answer<T, R>> answers() {
        return answers;
    }

    /** The items without an answer. Nobody needs to look at them, but then they are gone. */
    public DataStream<Failure<T>> failures() {
        return failures;
    }

    private static <T, R> TandemStream<T, R> parted(
            SingleOutputStreamOperator<Either<Failure<T>, Answer<T, R>>> outcomes, @Nullable String uid) {
        EitherTypeInfo<Failure<T>, Answer<T, R>> type = (EitherTypeInfo<Failure<T>, Answer<T, R>>) outcomes.getType();
        OutputTag<Failure<T>> aside = new OutputTag<>("failures", type.getLeftType());
        TypeInformation<Answer<T, R>> kept = type.getRightType();
        SingleOutputStreamOperator<Answer<T, R>> answers = outcomes.process(new FailuresAside<>(aside), kept)
                .name(outcomes.getName() + ", failures aside")
                .setParallelism(outcomes.getParallelism());
        if (uid != null) answers.uid(uid + "-failures-aside");
        return new TandemStream<>(answers, answers.getSideOutput(aside));
    }

    /** What such a stream is made of. */
    public static final class Builder<T, R> {
        private final DataStream<T> items;
        private final TandemFunction.Builder<T, R> function;
        private int capacity = 100;
        private Duration timeout = Duration.ofMinutes(10);
        private boolean isOrdered;
        private int parallelism;
        private String name = "ask a model";
        private @Nullable String uid;

        private Builder(DataStream<T> items, ClientFactory clients, Ask<T, R> ask) {
            this.items = items;
            this.function = TandemFunction.builder(items.getType(), clients, ask);
        }

        /** As {@link TandemFunction.Builder#idempotencyKey(SerializableFunction)}. */
        public Builder<T, R> idempotencyKey(SerializableFunction<T, String> key) {
            function.idempotencyKey(key);
            return this;
        }

        /** The same in another header. */
        public Builder<T, R> idempotencyKey(String header, SerializableFunction<T, String> key) {
            function.idempotencyKey(header, key);
            return this;
        }

        /** As {@link TandemFunction.Builder#stopJobIf}. */
        public Builder<T, R> stopJobIf(SerializableFunction<CallError, Boolean> error) {
            function.stopJobIf(error);
            return this;
        }

        /** How many items each parallel task has under way at most; 100 unless set. So many may be asked about again after a crash. */
        public Builder<T, R> capacity(int items) {
            if (items < 1) throw new IllegalArgumentException("capacity must be at least 1, but is " + items);
            capacity = items;
            return this;
        }

        /**
         * When a call is given up that has not come to its end by itself; 10 minutes unless set. All retries and all waiting for
         * limits must fit in: it is there for what hangs, and the client's own timeout, which is to be shorter, for all else.
         */
        public Builder<T, R> timeout(Duration timeout) {
            if (timeout.toMillis() < 1) {
                throw new IllegalArgumentException("timeout must be at least a millisecond, but is " + timeout);
            }
            this.timeout = timeout;
            return this;
        }

        /** Answers come in the order of the items: one that takes long holds up those behind it. */
        public Builder<T, R> ordered() {
            isOrdered = true;
            return this;
        }

        /** How many tasks, each with a client; that of the environment unless set. One has room for many calls. */
        public Builder<T, R> parallelism(int tasks) {
            if (tasks < 1) throw new IllegalArgumentException("parallelism must be at least 1, but is " + tasks);
            parallelism = tasks;
            return this;
        }

        /** How it is called in Flink's own pages and metrics. */
        public Builder<T, R> name(String name) {
            this.name = name;
            return this;
        }

        /** By this a job that was changed finds the items that were under way in its savepoint. */
        public Builder<T, R> uid(String uid) {
            this.uid = uid;
            return this;
        }

        /** Adds the operator to the job; nothing runs before the job does. */
        public TandemStream<T, R> build() {
            SingleOutputStreamOperator<Either<Failure<T>, Answer<T, R>>> outcomes =
                    outcomes(function.build(), timeout.toMillis()).name(name);
            if (uid != null) outcomes.uid(uid);
            if (parallelism > 0) outcomes.setParallelism(parallelism);
            return parted(outcomes, uid);
        }

        private SingleOutputStreamOperator<Either<Failure<T>, Answer<T, R>>> outcomes(
                TandemFunction<T, R> asking, long millis) {
            return isOrdered
                    ? AsyncDataStream.orderedWait(items, asking, millis, TimeUnit.MILLISECONDS, capacity)
                    : AsyncDataStream.unorderedWait(items, asking, millis, TimeUnit.MILLISECONDS, capacity);
        }
    }
}
