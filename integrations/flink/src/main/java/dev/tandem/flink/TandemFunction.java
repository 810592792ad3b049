package dev.tandem.flink;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.Options;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.FlinkRuntimeException;
import org.apache.flink.util.function.SerializableFunction;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model about each item, for {@code AsyncDataStream}; {@link TandemStream} does that in one call. Each parallel task
 * has a client of its own, from its opening to its closing, which gives up what is under way. An item whose call fails does
 * not fail the job: it comes out on the left.
 *
 * <p>Retries are the client's: {@code unorderedWaitWithRetry} would only multiply them.
 */
public final class TandemFunction<T, R> extends RichAsyncFunction<T, Either<Failure<T>, Answer<T, R>>>
        implements ResultTypeQueryable<Either<Failure<T>, Answer<T, R>>> {
    private static final long serialVersionUID = 1;

    private final TypeInformation<T> itemType;
    private final ClientFactory clients;
    private final Ask<T, R> ask;
    private final @Nullable SerializableFunction<T, String> key;
    private final String keyHeader;
    private final SerializableFunction<CallError, Boolean> stopsJob;

    private transient @Nullable Task<T, R> task;

    private TandemFunction(Builder<T, R> from) {
        itemType = from.itemType;
        clients = from.clients;
        ask = from.ask;
        key = from.key;
        keyHeader = from.keyHeader;
        stopsJob = from.stopsJob;
    }

    /** {@code items} is the type of the stream: {@code stream.getType()}. */
    public static <T, R> Builder<T, R> builder(TypeInformation<T> items, ClientFactory clients, Ask<T, R> ask) {
        return new Builder<>(items, clients, ask);
    }

    @Override
    public void open(OpenContext context) throws Exception {
        TaskScope scope = new TaskScope(getRuntimeContext());
        try {
            task = new Task<>(scope, scope.closing(clients.create(scope)));
        } catch (Exception e) {
            scope.close();
            throw e;
        }
    }

    @Override
    public void asyncInvoke(T item, ResultFuture<Either<Failure<T>, Answer<T, R>>> result) {
        Task<T, R> here = open();
        CompletableFuture<R> call;
        try {
            call = ask.call().call(here.client, item, optionsFor(item)).toCompletableFuture();
        } catch (Exception e) {
            fail(item, e, result, here);
            return;
        }
        here.underWay.put(result, call);
        CompletableFuture<?> unused = call.whenComplete((value, failure) -> {
            // Else the timeout was first, or the task is over.
            if (here.underWay.remove(result) == null) return;
            if (failure != null) fail(item, failure, result, here);
            else if (value == null) fail(item, new IllegalStateException("the call has given null"), result, here);
            else succeed(new Answer<>(item, value), result, here);
        });
    }

    /** Flink's timer: gives the call up. */
    @Override
    public void timeout(T item, ResultFuture<Either<Failure<T>, Answer<T, R>>> result) {
        Task<T, R> here = open();
        CompletableFuture<R> call = here.underWay.remove(result);
        if (call == null) return;
        here.failures.inc();
        result.complete(Collections.singleton(Either.Left(new Failure<>(item, CallError.late()))));
        call.cancel(true);
    }

    @Override
    public void close() throws Exception {
        Task<T, R> ending = task;
        task = null;
        if (ending != null) ending.close();
    }

    @Override
    public TypeInformation<Either<Failure<T>, Answer<T, R>>> getProducedType() {
        return Types.EITHER(Failure.type(itemType), Answer.type(itemType, ask.type()));
    }

    private Options optionsFor(T item) {
        if (key == null) return Options.NONE;
        return Options.builder().header(keyHeader, key.apply(item)).build();
    }

    private static <T, R> void succeed(
            Answer<T, R> answer, ResultFuture<Either<Failure<T>, Answer<T, R>>> result, Task<T, R> here) {
        here.answers.inc();
        result.complete(Collections.singleton(Either.Right(answer)));
    }

    private void fail(
            T item, Throwable failure, ResultFuture<Either<Failure<T>, Answer<T, R>>> result, Task<T, R> here) {
        here.failures.inc();
        CallError error = CallError.of(failure);
        if (failure instanceof Error || stopsJob.apply(error)) {
            result.completeExceptionally(new FlinkRuntimeException("this ends the job: " + error, failure));
        } else {
            result.complete(Collections.singleton(Either.Left(new Failure<>(item, error))));
        }
    }

    private Task<T, R> open() {
        if (task == null) throw new IllegalStateException("this function is not open: Flink opens it in a task");
        return task;
    }

    /** What there is only while the task runs. */
    private static final class Task<T, R> {
        private final TaskScope scope;
        private final JavaAiClient client;
        private final Map<ResultFuture<Either<Failure<T>, Answer<T, R>>>, CompletableFuture<R>> underWay =
                new ConcurrentHashMap<>();
        private final Counter answers;
        private final Counter failures;

        Task(TaskScope scope, JavaAiClient client) {
            this.scope = scope;
            this.client = client;
            MetricGroup metrics = scope.runtime().getMetricGroup().addGroup("tandem");
            answers = metrics.counter("answers", new ThreadSafeSimpleCounter());
            failures = metrics.counter("failures", new ThreadSafeSimpleCounter());
            metrics.gauge("underWay", underWay::size);
        }

        private void giveUp(ResultFuture<Either<Failure<T>, Answer<T, R>>> result) {
            CompletableFuture<R> call = underWay.remove(result);
            if (call != null) call.cancel(true);
        }

        void close() throws Exception {
            underWay.keySet().forEach(this::giveUp);
            scope.close();
        }
    }

    /** What a function is made of. */
    public static final class Builder<T, R> {
        private final TypeInformation<T> itemType;
        private final ClientFactory clients;
        private final Ask<T, R> ask;
        private @Nullable SerializableFunction<T, String> key;
        private String keyHeader = IdempotencyKey.HEADER;
        private SerializableFunction<CallError, Boolean> stopsJob = error -> false;

        private Builder(TypeInformation<T> itemType, ClientFactory clients, Ask<T, R> ask) {
            this.itemType = itemType;
            this.clients = clients;
            this.ask = ask;
        }

        /**
         * Sends {@code key} of each item as {@link IdempotencyKey#HEADER}, the same when the item is asked about again after a
         * restart. With {@code retry(r -> r.idempotencyHeader(IdempotencyKey.HEADER))} on the client, each request of a call
         * that takes several has one of its own behind it.
         */
        public Builder<T, R> idempotencyKey(SerializableFunction<T, String> key) {
            return idempotencyKey(IdempotencyKey.HEADER, key);
        }

        /** The same in another header. */
        public Builder<T, R> idempotencyKey(String header, SerializableFunction<T, String> key) {
            keyHeader = header;
            this.key = key;
            return this;
        }

        /**
         * For what is wrong with all items alike, such as the key to the provider: the job fails, to be restarted as Flink is
         * told to, and no item is lost.
         */
        public Builder<T, R> stopJobIf(SerializableFunction<CallError, Boolean> error) {
            stopsJob = error;
            return this;
        }

        /** Makes no client yet: each task does when it is opened, and closes it. */
        public TandemFunction<T, R> build() {
            return new TandemFunction<>(this);
        }
    }
}
