package dev.tandem.examples.webchat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The files of the page, by the path they are asked for. */
final class Page {
    private final Map<String, File> files = Map.of(
            "/", load("index.html", "text/html"),
            "/chat.css", load("chat.css", "text/css"),
            "/chat.js", load("chat.js", "text/javascript"),
            "/icon.svg", load("icon.svg", "image/svg+xml"));

    record File(String type, String text) {}

    Optional<File> at(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private static File load(String name, String type) {
        try (InputStream file = Page.class.getResourceAsStream(name)) {
            if (file == null) throw new IllegalStateException(name + " is missing in the jar");
            return new File(type, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
