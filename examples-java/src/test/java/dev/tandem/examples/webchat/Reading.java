package dev.tandem.examples.webchat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import kotlinx.serialization.json.JsonObject;

/** An answer as a browser reads it. Closing it is leaving. */
final class Reading implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    Reading(HttpResponse<InputStream> response) {
        this.response = response;
        lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    /** Waits for it. */
    String piece() throws IOException {
        JsonObject line = line();
        if (!line.containsKey("text")) throw new AssertionError("the answer has ended: " + line);
        return Scene.textOf(line, "text");
    }

    /** Reads on to the last line. */
    JsonObject end() throws IOException {
        JsonObject line = line();
        while (line.containsKey("text")) line = line();
        if (lines.readLine() != null) throw new AssertionError("there is more after the end");
        return line;
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    private JsonObject line() throws IOException {
        String line = lines.readLine();
        while (line != null && line.isEmpty()) line = lines.readLine();
        if (line == null) throw new AssertionError("the answer broke off");
        return Scene.json(line);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
