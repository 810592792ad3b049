package dev.tandem.examples;

import dev.tandem.interop.JavaAiClient;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;

/**
 * What a model says of rows, in their order, so many of them under way at a time: an iterator of an iterator, as Spark's
 * {@code mapPartitions} wants it (docs/cluster.md). It owns the client, and closes it when the rows are at their end, when one
 * fails, and when it is closed itself: whoever may stop in the middle sees to that.
 * Needs no key; with {@code OPENAI_API_KEY} set it asks OpenAI.
 */
public final class AskedRows<T, R> implements Iterator<R>, AutoCloseable {
    private final Iterator<T> rows;
    private final JavaAiClient ai;
    private final int atOnce;
    private final BiFunction<JavaAiClient, T, CompletableFuture<R>> call;
    private final Deque<CompletableFuture<R>> underWay = new ArrayDeque<>();
    private boolean isClosed;

    private AskedRows(
            Iterator<T> rows, JavaAiClient ai, int atOnce, BiFunction<JavaAiClient, T, CompletableFuture<R>> call) {
        if (atOnce < 1) throw new IllegalArgumentException("atOnce must be at least 1, but is " + atOnce);
        this.rows = rows;
        this.ai = ai;
        this.atOnce = atOnce;
        this.call = call;
    }

    /** Asks when it is asked itself: a row is taken from {@code rows} when there is room for it. */
    public static <T, R> AskedRows<T, R> of(
            Iterator<T> rows, JavaAiClient ai, int atOnce, BiFunction<JavaAiClient, T, CompletableFuture<R>> call) {
        return new AskedRows<>(rows, ai, atOnce, call);
    }

    @Override
    public boolean hasNext() {
        while (!isClosed && underWay.size() < atOnce && rows.hasNext()) underWay.add(call.apply(ai, rows.next()));
        if (underWay.isEmpty()) close();
        return !underWay.isEmpty();
    }

    /** Waits for the answer to the next row. */
    @Override
    public R next() {
        if (!hasNext()) throw new NoSuchElementException("there are no more rows");
        try {
            return underWay.remove().get();
        } catch (ExecutionException e) {
            close();
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted, so what was under way is given up");
        }
    }

    /** Gives up what is under way. Closing twice is fine. */
    @Override
    public void close() {
        isClosed = true;
        underWay.forEach(call -> call.cancel(true));
        underWay.clear();
        ai.close();
    }

    public static void main(String[] args) {
        ProviderChoice choice = ProviderChoice.from(System.getenv());
        System.out.println(choice.explanation());
        List<String> words = List.of("apple", "river", "stone", "cloud", "garden", "winter");
        JavaAiClient ai = JavaAiClient.builder(choice.provider()).maxTokens(50).build();
        try (AskedRows<String, String> answers =
                of(words.iterator(), ai, 3, (client, word) -> client.async().generate("Say " + word + "."))) {
            answers.forEachRemaining(System.out::println);
        }
    }
}
