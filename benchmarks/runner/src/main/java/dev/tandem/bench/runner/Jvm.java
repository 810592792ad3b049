package dev.tandem.bench.runner;

import java.nio.file.Path;
import java.util.List;

/** The JVM that everything runs on: the runner's own. */
final class Jvm {
    /** The same for all who are measured. */
    static final List<String> FLAGS = List.of("-XX:+UseG1GC", "-Xms64m", "-Xmx1g");

    private Jvm() {}

    static String binary() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
