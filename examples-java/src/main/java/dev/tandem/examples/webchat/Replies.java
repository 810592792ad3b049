package dev.tandem.examples.webchat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import dev.tandem.examples.cli.shell.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What goes back to the browser. Nothing of it is kept there or in between. */
final class Replies {
    private static final int NO_BODY = -1;
    private static final int UNKNOWN_LENGTH = 0;

    private Replies() {}

    static void json(HttpExchange exchange, int status, Json body) throws IOException {
        whole(exchange, status, "application/json", body.toString());
    }

    static void whole(HttpExchange exchange, int status, String type, String body) throws IOException {
        head(exchange, type);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    static void empty(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(204, NO_BODY);
    }

    /** What is written to this reaches the browser when it is flushed, in a chunk of its own. */
    static OutputStream lines(HttpExchange exchange) throws IOException {
        head(exchange, "application/x-ndjson");
        exchange.sendResponseHeaders(200, UNKNOWN_LENGTH);
        return exchange.getResponseBody();
    }

    private static void head(HttpExchange exchange, String type) {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type + "; charset=utf-8");
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        // Nothing but the page's own two files runs, whatever a model writes.
        headers.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                        + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }
}
