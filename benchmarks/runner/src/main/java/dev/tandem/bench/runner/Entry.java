package dev.tandem.bench.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A contender as the list has it. {@code engine} is null when the client chooses its own. */
record Entry(String name, Group group, String module, String className, String versionJar, Engine engine) {
    enum Group {
        TANDEM,
        PEER,
        FLOOR
    }

    Entry with(Engine other) {
        return new Entry(name + "@" + other.name(), group, module, className, versionJar, other);
    }

    /** All jars of its JVM. */
    List<Path> jars(Path benchmarks) {
        Path target = benchmarks.resolve("contenders").resolve(module).resolve("target");
        String own = target.resolve("bench-" + module + ".jar").toString();
        String others = read(target.resolve("classpath"));
        List<Path> jars = Arrays.stream(String.join(":", own, others).split(":"))
                .filter(jar -> !jar.isBlank())
                .map(Path::of)
                .toList();
        return engine == null ? jars : engine.change(jars);
    }

    /** What a user of this client has on the class path: all jars but those of the benchmark. */
    List<Path> clientJars(Path benchmarks) {
        return jars(benchmarks).stream()
                .filter(jar -> !jar.getFileName().toString().startsWith("bench-"))
                .toList();
    }

    /** Out of the name of its jar; "" for what has no version of its own. */
    String version(Path benchmarks) {
        Pattern named = Pattern.compile(Pattern.quote(versionJar) + "-(\\d.*)\\.jar");
        return clientJars(benchmarks).stream()
                .map(jar -> named.matcher(jar.getFileName().toString()))
                .filter(Matcher::matches)
                .map(matched -> matched.group(1))
                .findFirst()
                .orElse("");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("build the contenders first: benchmarks/run.sh does", e);
        }
    }
}
