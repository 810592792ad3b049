package dev.tandem.bench.openai;

import com.openai.client.OpenAIClientAsync;
import dev.tandem.bench.Encoding;
import dev.tandem.bench.FutureCalls;
import dev.tandem.bench.FutureStreams;
import dev.tandem.bench.Site;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The client of futures. It lets 64 calls go at once, and its builder has no setting for that. */
public final class OpenAiJavaAsync implements FutureCalls, FutureStreams {
    private final Requests requests;
    private final OpenAIClientAsync client;

    public OpenAiJavaAsync(Site site) {
        requests = new Requests(site);
        client = Requests.open(site).async();
    }

    @Override
    public CompletableFuture<String> call(String prompt) {
        return client.chat().completions().create(requests.chat(prompt)).thenApply(Requests::text);
    }

    @Override
    public CompletableFuture<?> stream(String prompt, Consumer<String> onDelta) {
        return client.chat()
                .completions()
                .createStreaming(requests.chat(prompt))
                .subscribe(chunk -> Requests.pass(chunk, onDelta))
                .onCompleteFuture();
    }

    @Override
    public long embed(List<String> texts, Encoding encoding) {
        return Requests.numbers(
                client.embeddings().create(requests.embeddings(texts, encoding)).join());
    }

    @Override
    public void close() {
        client.close();
    }
}
