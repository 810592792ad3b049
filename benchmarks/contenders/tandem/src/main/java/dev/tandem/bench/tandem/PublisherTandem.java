package dev.tandem.bench.tandem;

import dev.tandem.bench.Encoding;
import dev.tandem.bench.FutureCalls;
import dev.tandem.bench.FutureStreams;
import dev.tandem.bench.Site;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.EmbeddingResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.reactivestreams.Publisher;

/** Tandem's publishers, with a subscriber that wants all at once. */
public final class PublisherTandem implements FutureCalls, FutureStreams {
    private final JavaAiClient ai;

    public PublisherTandem(Site site) {
        ai = JavaAiClient.of(Clients.open(site));
    }

    @Override
    public CompletableFuture<String> call(String prompt) {
        return lastOf(ai.reactive().generate(prompt), answer -> {});
    }

    @Override
    public CompletableFuture<?> stream(String prompt, Consumer<String> onDelta) {
        return lastOf(ai.reactive().streamText(prompt), onDelta);
    }

    @Override
    public long embed(List<String> texts, Encoding encoding) {
        EmbeddingResponse response = lastOf(ai.reactive().embed(Clients.embeddings(texts, encoding)), embeddings -> {})
                .join();
        return Clients.numbers(response.getEmbeddings());
    }

    @Override
    public void close() {
        ai.close();
    }

    private static <T> CompletableFuture<T> lastOf(Publisher<T> publisher, Consumer<? super T> onItem) {
        LastItem<T> last = new LastItem<>(onItem);
        publisher.subscribe(last);
        return last.future();
    }
}
