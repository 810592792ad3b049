package dev.tandem.interop;

import dev.tandem.batch.AfterFailure;
import dev.tandem.batch.Batch;
import dev.tandem.batch.BatchMode;
import dev.tandem.batch.BatchStop;
import dev.tandem.batch.BatchTask;
import dev.tandem.batch.ProgressListener;
import dev.tandem.batch.provider.Pauses;
import dev.tandem.batch.provider.PieceSize;
import dev.tandem.resilience.Concurrency;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One task for many items, seen in three ways: {@link #blocking()}, {@link #async()} and {@link #reactive()} offer the same
 * operations. What {@link Batch} says holds here too: what fails is a value among the results, and with a journal a run goes
 * on where an earlier one ended. Needs {@code tandem-batch} on the class path.
 *
 * @param <T> what an item is
 * @param <R> what comes of it
 */
public final class JavaBatch<T, R>
        extends Views<Batch<T, R>, BlockingBatch<T, R>, AsyncBatch<T, R>, ReactiveBatch<T, R>> {
    private JavaBatch(Batch<T, R> core) {
        super(core, new BlockingBatch<>(core), new AsyncBatch<>(core), new ReactiveBatch<>(core));
    }

    /** Prompts to texts, 16 at once, without a journal: {@code JavaBatch.of(ai).blocking().completeBatch(prompts)}. */
    public static JavaBatch<String, String> of(JavaAiClient client) {
        return builder(client, BatchTask.generate()).build();
    }

    /** The views of what Kotlin code made. */
    public static <T, R> JavaBatch<T, R> of(Batch<T, R> core) {
        return new JavaBatch<>(core);
    }

    /** How a batch is run. */
    public static <T, R> Builder<T, R> builder(JavaAiClient client, BatchTask<? super T, R> task) {
        return new Builder<>(Batch.builder(client.core(), task));
    }

    /** How a batch is run. */
    public static final class Builder<T, R> {
        private final Batch.Builder<T, R> core;

        Builder(Batch.Builder<T, R> core) {
            this.core = core;
        }

        /** How many items are under way at the same time; 16 unless set. */
        public Builder<T, R> concurrency(int items) {
            core.concurrency(items);
            return this;
        }

        /** The same; {@link Concurrency#adaptive} has as many as the provider bears. */
        public Builder<T, R> concurrency(Concurrency items) {
            core.concurrency(items);
            return this;
        }

        /** By which way items come to the model; each by a call of its own unless set. */
        public Builder<T, R> mode(BatchMode mode) {
            core.mode(mode);
            return this;
        }

        /** For the provider's own batches: how much goes into one, and how many there are at once. */
        public Builder<T, R> pieces(PieceSize size, int atOnce) {
            core.pieces(size, atOnce);
            return this;
        }

        /** For the provider's own batches: how often it is asked how far it is. */
        public Builder<T, R> pauses(Pauses pauses) {
            core.pauses(pauses);
            return this;
        }

        /** The file that remembers what is done. Made if it is not there. */
        public Builder<T, R> journal(@Nullable Path file) {
            core.journal(file);
            return this;
        }

        /** What becomes of items that failed in an earlier run. */
        public Builder<T, R> afterFailure(AfterFailure what) {
            core.afterFailure(what);
            return this;
        }

        /** Names an item in the journal. Without one, or where it gives null, its content does, where the task knows it. */
        public Builder<T, R> key(Function<? super T, @Nullable String> key) {
            core.key(key::apply);
            return this;
        }

        /** For the journal: what else shapes the results, such as the version of a prompt. */
        public Builder<T, R> configuration(@Nullable String text) {
            core.configuration(text);
            return this;
        }

        /** Whether results come in the order of the input. */
        public Builder<T, R> ordered(boolean isOrdered) {
            core.ordered(isOrdered);
            return this;
        }

        /** How many items there are, for progress; known of collections. */
        public Builder<T, R> total(long items) {
            core.total(items);
            return this;
        }

        /** Hears twice a second how far it is, and at the end. */
        public Builder<T, R> progress(ProgressListener listener) {
            core.progress(listener);
            return this;
        }

        /** How often the listener hears of it. */
        public Builder<T, R> progressEvery(Duration time) {
            core.progressEveryMillis(time.toMillis());
            return this;
        }

        /** Ends the run from outside. */
        public Builder<T, R> stop(@Nullable BatchStop stop) {
            core.stop(stop);
            return this;
        }

        /** After which failure of an item the whole run ends; see {@link Batch.Builder#endOn}. */
        public Builder<T, R> endOn(Predicate<Throwable> failure) {
            core.endOn(failure::test);
            return this;
        }

        /** The batch. Of use for any number of runs. */
        public JavaBatch<T, R> build() {
            return of(core.build());
        }
    }
}
