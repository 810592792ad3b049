package dev.tandem.spring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A browser before a web application. */
final class Web {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Web() {}

    static String read(ConfigurableApplicationContext application, String path) throws Exception {
        return HTTP.send(get(application, path), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** Comes back with the first bytes. Closing it hangs up. */
    static BufferedReader open(ConfigurableApplicationContext application, String path) throws Exception {
        return new BufferedReader(new InputStreamReader(
                HTTP.send(get(application, path), HttpResponse.BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8));
    }

    /** The next server-sent event: {@code name data}. */
    static String nextEvent(BufferedReader events) throws IOException {
        String name = events.readLine().replaceFirst("^event:", "");
        String data = events.readLine().replaceFirst("^data:", "");
        events.readLine();
        return name + " " + data;
    }

    private static HttpRequest get(ConfigurableApplicationContext application, String path) {
        int port = Objects.requireNonNull(((WebServerApplicationContext) application).getWebServer())
                .getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
    }
}
