package dev.tandem.examples;

import dev.tandem.model.ChatEvent;
import java.io.PrintStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Prints what it gets, and asks for one event at a time. A reactive library would bring a better one. */
final class PrintingSubscriber implements Subscriber<ChatEvent> {
    private final PrintStream out;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private volatile @Nullable Subscription subscription;

    PrintingSubscriber(PrintStream out) {
        this.out = out;
    }

    void await() {
        end.join();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        subscription.request(1);
    }

    @Override
    public void onNext(ChatEvent event) {
        out.print(event.getText());
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
