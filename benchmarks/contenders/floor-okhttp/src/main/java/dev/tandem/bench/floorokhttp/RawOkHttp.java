package dev.tandem.bench.floorokhttp;

import dev.tandem.bench.BlockingCalls;
import dev.tandem.bench.BlockingStreams;
import dev.tandem.bench.Encoding;
import dev.tandem.bench.Site;
import dev.tandem.bench.floor.ChatJson;
import dev.tandem.bench.floor.Content;
import dev.tandem.bench.floor.Numbers;
import dev.tandem.bench.floor.SseFloor;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** OkHttp's blocking calls with a reader of bytes on top. */
public final class RawOkHttp implements BlockingCalls, BlockingStreams {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Site site;
    private final OkHttpClient http;

    public RawOkHttp(Site site) {
        this.site = site;
        http = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(Math.max(site.atOnce(), 5), 5, TimeUnit.MINUTES))
                .build();
    }

    @Override
    public String call(String prompt) throws IOException {
        byte[] json = exchange("/chat/completions", ChatJson.chat(site.model(), prompt));
        return Content.of(json, 0, json.length);
    }

    @Override
    public void stream(String prompt, Consumer<String> onDelta) throws IOException {
        SseFloor events = new SseFloor(onDelta);
        byte[] buffer = new byte[BUFFER_BYTES];
        try (Response response = send("/chat/completions", ChatJson.stream(site.model(), prompt))) {
            InputStream body = response.body().byteStream();
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) events.feed(buffer, 0, read);
        }
    }

    @Override
    public long embed(List<String> texts, Encoding encoding) throws IOException {
        return Numbers.count(exchange("/embeddings", ChatJson.embeddings(site.model(), texts, encoding)));
    }

    private byte[] exchange(String path, byte[] body) throws IOException {
        try (Response response = send(path, body)) {
            return response.body().bytes();
        }
    }

    private Response send(String path, byte[] body) throws IOException {
        Request request = new Request.Builder()
                .url(site.baseUrl() + path)
                .header("Authorization", "Bearer " + Site.API_KEY)
                .post(RequestBody.create(body, JSON))
                .build();
        return http.newCall(request).execute();
    }
}
