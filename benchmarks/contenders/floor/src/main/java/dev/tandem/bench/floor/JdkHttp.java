package dev.tandem.bench.floor;

import dev.tandem.bench.Encoding;
import dev.tandem.bench.FutureCalls;
import dev.tandem.bench.FutureStreams;
import dev.tandem.bench.Site;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The JDK's own HTTP client with a reader of bytes on top. */
public final class JdkHttp implements FutureCalls, FutureStreams {
    private final Site site;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public JdkHttp(Site site) {
        this.site = site;
    }

    @Override
    public CompletableFuture<String> call(String prompt) {
        return http.sendAsync(
                        post("/chat/completions", ChatJson.chat(site.model(), prompt)), BodyHandlers.ofByteArray())
                .thenApply(HttpResponse::body)
                .thenApply(json -> Content.of(json, 0, json.length));
    }

    @Override
    public CompletableFuture<?> stream(String prompt, Consumer<String> onDelta) {
        SseFloor events = new SseFloor(onDelta);
        return http.sendAsync(
                post("/chat/completions", ChatJson.stream(site.model(), prompt)),
                BodyHandlers.ofByteArrayConsumer(
                        piece -> piece.ifPresent(bytes -> events.feed(bytes, 0, bytes.length))));
    }

    @Override
    public long embed(List<String> texts, Encoding encoding) throws Exception {
        HttpRequest request = post("/embeddings", ChatJson.embeddings(site.model(), texts, encoding));
        return Numbers.count(http.send(request, BodyHandlers.ofByteArray()).body());
    }

    private HttpRequest post(String path, byte[] body) {
        return HttpRequest.newBuilder(URI.create(site.baseUrl() + path))
                .header("Authorization", "Bearer " + Site.API_KEY)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }
}
