package dev.tandem.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** What one measurement found, as names with numbers or words. */
public final class Findings {
    private final Properties values = new Properties();

    public void put(String name, double value) {
        values.setProperty(name, Double.toString(value));
    }

    public void put(String name, String words) {
        values.setProperty(name, words);
    }

    public void writeTo(Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            values.store(out, null);
        }
    }
}
