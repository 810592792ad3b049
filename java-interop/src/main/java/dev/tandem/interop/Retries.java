package dev.tandem.interop;

import dev.tandem.resilience.RetryPolicy;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;

/**
 * A {@link RetryPolicy} for anything that may fail, in each of the three ways. What is tried again are calls of this library
 * that may work later, and whatever {@link RetryPolicy.Builder#retryIf} names.
 */
public final class Retries {
    private Retries() {}

    /** Runs {@code work} on this thread until it succeeds; what it throws last comes out as it is. */
    public static <T> T call(RetryPolicy policy, Callable<? extends T> work) throws Exception {
        try {
            return Bridge.block(k -> policy.run((attempt, each) -> called(work), k));
        } catch (Interrupted e) {
            throw e.cause;
        }
    }

    /** Starts what {@code work} makes until one of it succeeds. Cancelling this cancels the one under way. */
    public static <T> CompletableFuture<T> future(RetryPolicy policy, Supplier<? extends CompletionStage<T>> work) {
        return Bridge.future(k -> policy.run((attempt, each) -> Bridge.await(work.get(), each), k));
    }

    /** Subscribes to {@code work} anew when it fails before its first item. */
    public static <T> Publisher<T> publisher(RetryPolicy policy, Publisher<T> work) {
        return Bridge.retried(policy, work);
    }

    private static <T> T called(Callable<? extends T> work) {
        try {
            return work.call();
        } catch (InterruptedException e) {
            throw new Interrupted(e);
        } catch (Exception e) {
            return Retries.<T, RuntimeException>thrownAsIs(e);
        }
    }

    /** Past the compiler: whoever called {@link #call} expects any exception. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T, E extends Exception> T thrownAsIs(Exception e) throws E {
        throw (E) e;
    }

    /** Whoever is told to stop is not to try again. */
    private static final class Interrupted extends CancellationException {
        private static final long serialVersionUID = 1;
        private final InterruptedException cause;

        Interrupted(InterruptedException cause) {
            super("interrupted");
            this.cause = cause;
        }
    }
}
