package dev.tandem.bench.runner;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;

/** The file of all findings: a JSON object on each line. */
public final class RawResults {
    private static final Gson GSON = new Gson();
    private static final double BYTES_IN_MB = 1e6;

    private final Path file;

    RawResults(Path file, boolean append) throws IOException {
        this.file = file;
        Files.createDirectories(file.getParent());
        if (!append) Files.deleteIfExists(file);
    }

    public static Path file(Path benchmarks) {
        return benchmarks.resolve("target/results.jsonl");
    }

    public static List<JsonObject> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> GSON.fromJson(line, JsonObject.class))
                .toList();
    }

    /** 0 where nothing has been measured yet. */
    int lastRound() throws IOException {
        if (!Files.exists(file)) return 0;
        return read(file).stream()
                .filter(line -> line.has("round"))
                .mapToInt(line -> line.get("round").getAsInt())
                .max()
                .orElse(0);
    }

    void addContender(Entry entry, Path benchmarks) throws IOException {
        List<Path> jars = entry.clientJars(benchmarks);
        long bytes = 0;
        for (Path jar : jars) bytes += Files.size(jar);
        JsonObject line = line("contender", entry);
        line.addProperty("version", entry.version(benchmarks));
        line.addProperty("jars", jars.size());
        line.addProperty("mb", bytes / BYTES_IN_MB);
        append(line);
    }

    /** What it runs on, and how busy that is before the first measurement. */
    void addMachine() throws IOException {
        JsonObject line = new JsonObject();
        line.addProperty("type", "machine");
        line.addProperty("cores", Runtime.getRuntime().availableProcessors());
        line.addProperty("jdk", System.getProperty("java.vm.name") + " " + Runtime.version());
        line.addProperty("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        append(line);
    }

    void add(Trial trial, String effort, Properties findings) throws IOException {
        JsonObject line = line("finding", trial.entry());
        line.addProperty("scenario", trial.scenario());
        line.addProperty("round", trial.round());
        line.addProperty("effort", effort);
        for (String name : findings.stringPropertyNames()) {
            String value = findings.getProperty(name);
            if (isNumber(value)) line.addProperty(name, Double.parseDouble(value));
            else line.addProperty(name, value);
        }
        append(line);
    }

    private static JsonObject line(String type, Entry entry) {
        JsonObject line = new JsonObject();
        line.addProperty("type", type);
        line.addProperty("contender", entry.name());
        line.addProperty("group", entry.group().name());
        return line;
    }

    private static boolean isNumber(String value) {
        return value.matches("-?[\\d.]+(E-?\\d+)?");
    }

    private void append(JsonObject line) throws IOException {
        Files.writeString(file, GSON.toJson(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
