package dev.tandem.examples;

import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Prints what it gets, and asks for one item at a time. A reactive library would bring a better one. */
public final class PrintingSubscriber<T> implements Subscriber<T> {
    private final PrintStream out;
    private final Function<? super T, String> text;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private volatile @Nullable Subscription subscription;

    public PrintingSubscriber(PrintStream out, Function<? super T, String> text) {
        this.out = out;
        this.text = text;
    }

    /** Waits for the end; what has failed comes out as a CompletionException. */
    public void await() {
        end.join();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(T item) {
        out.print(text.apply(item));
        out.flush();
        Subscription source = subscription;
        if (source != null) source.request(1);
    }

    @Override
    public void onError(Throwable error) {
        end.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        end.complete(null);
    }
}
