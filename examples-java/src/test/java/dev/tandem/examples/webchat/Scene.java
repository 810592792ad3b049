package dev.tandem.examples.webchat;

import dev.tandem.examples.webchat.chat.Limits;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.llama.Llama;
import dev.tandem.provider.Provider;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.resilience.RetryPolicy;
import dev.tandem.testing.FakeServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;

/** A model's server, the chat before it, and somebody at a browser. */
final class Scene implements AutoCloseable {
    static final String KEY = "sk-nobody-may-see-this";
    static final Limits SMALL = new Limits(3, 4, 2, 100, 1_000, Duration.ofMillis(50));

    final FakeServer model = FakeServer.start();
    final HttpClient http = HttpClient.newHttpClient();
    final WebChat web;
    private final JavaAiClient ai;

    Scene(Limits limits) throws IOException {
        ai = clientOf(OpenAi.compatible(model.getUrl(), KEY));
        web = WebChat.start(ai, "A fake model answers.", 0, limits);
    }

    /** With another model than {@link #model}. */
    Scene(Limits limits, Provider provider) throws IOException {
        ai = clientOf(provider);
        web = WebChat.start(ai, "Another model answers.", 0, limits);
    }

    private static JavaAiClient clientOf(Provider provider) {
        JavaAiClient.Builder client = JavaAiClient.builder(provider).retry(RetryPolicy.NONE);
        return provider instanceof Llama
                ? client.build()
                : client.model("fake-1").build();
    }

    /** A new chat's path. */
    String open() throws Exception {
        HttpResponse<String> opened = post("/chats", "");
        if (opened.statusCode() != 201) throw new AssertionError(opened.statusCode() + " " + opened.body());
        return "/chats/" + textOf(json(opened.body()), "id");
    }

    /** As its lines come. */
    Reading ask(String chat, String text) throws Exception {
        String question =
                new dev.tandem.examples.cli.shell.Json().put("text", text).toString();
        HttpResponse<InputStream> answer =
                http.send(posted(chat + "/messages", question), BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200)
            throw new AssertionError(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
        return new Reading(answer);
    }

    /** The last line of an answer that is read to its end. */
    JsonObject asked(String chat, String text) throws Exception {
        try (Reading reading = ask(chat, text)) {
            return reading.end();
        }
    }

    /** What a reload shows: the chat's turns. */
    List<JsonObject> turns(String chat) throws Exception {
        if (!(json(get(chat).body()).get("turns") instanceof JsonArray turns)) throw new AssertionError("no turns");
        return turns.stream().map(JsonObject.class::cast).toList();
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return http.send(posted(path, body, headers), BodyHandlers.ofString());
    }

    private HttpRequest posted(String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) request.setHeader(headers[i], headers[i + 1]);
        return request.build();
    }

    int port() {
        return URI.create(web.url()).getPort();
    }

    private URI uri(String path) {
        return URI.create(web.url()).resolve(path);
    }

    static JsonObject json(String text) {
        return (JsonObject) Json.Default.parseToJsonElement(text);
    }

    static String textOf(JsonObject object, String field) {
        return object.get(field) instanceof JsonPrimitive text ? text.getContent() : "";
    }

    @Override
    public void close() {
        web.close();
        ai.close();
        model.close();
    }
}
