package dev.tandem.bench.tandem;

import dev.tandem.bench.Encoding;
import dev.tandem.bench.FutureCalls;
import dev.tandem.bench.FutureStreams;
import dev.tandem.bench.Site;
import dev.tandem.interop.JavaAiClient;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Tandem's futures. */
public final class FutureTandem implements FutureCalls, FutureStreams {
    private final JavaAiClient ai;

    public FutureTandem(Site site) {
        ai = JavaAiClient.of(Clients.open(site));
    }

    @Override
    public CompletableFuture<String> call(String prompt) {
        return ai.async().generate(prompt);
    }

    @Override
    public CompletableFuture<?> stream(String prompt, Consumer<String> onDelta) {
        return ai.async().streamText(prompt, onDelta);
    }

    @Override
    public long embed(List<String> texts, Encoding encoding) {
        return ai.async()
                .embed(Clients.embeddings(texts, encoding))
                .thenApply(response -> Clients.numbers(response.getEmbeddings()))
                .join();
    }

    @Override
    public void close() {
        ai.close();
    }
}
