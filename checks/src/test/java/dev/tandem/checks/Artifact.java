package dev.tandem.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What users put on their class path. A new published module is added here and nowhere else. */
public enum Artifact {
    CORE("core", "tandem-core"),
    JAVA("java-interop", "tandem-java"),
    ENGINE_HTTPCORE("integrations/engine-httpcore", "tandem-engine-httpcore"),
    JTOKKIT("integrations/jtokkit", "tandem-jtokkit"),
    LLAMA("integrations/llama", "tandem-llama"),
    MVSTORE("integrations/mvstore", "tandem-mvstore"),
    ONNX_EMBEDDINGS("integrations/onnx-embeddings", "tandem-onnx-embeddings"),
    REDIS("integrations/redis", "tandem-redis"),
    JOURNAL("integrations/journal", "tandem-journal"),
    BATCH("integrations/batch", "tandem-batch"),
    WORKFLOW("integrations/workflow", "tandem-workflow"),
    RESTATE("integrations/restate", "tandem-restate"),
    TEMPORAL("integrations/temporal", "tandem-temporal"),
    CONVERSATION("integrations/conversation", "tandem-conversation"),
    RETRIEVAL("integrations/retrieval", "tandem-retrieval"),
    FLINK("integrations/flink", "tandem-flink"),
    MICROMETER("integrations/micrometer", "tandem-micrometer"),
    OPENTELEMETRY("integrations/opentelemetry", "tandem-opentelemetry"),
    SLF4J("integrations/slf4j", "tandem-slf4j"),
    SPRING_BOOT("integrations/spring-boot", "tandem-spring-boot-starter"),
    TESTING("integrations/testing", "tandem-testing");

    private static final int JAVA_11 = 55;
    private static final int JAVA_17 = 61;

    public final String folder;
    public final String id;

    Artifact(String folder, String id) {
        this.folder = folder;
        this.id = id;
    }

    /** It is Ktor's as much as ours, and shows it. */
    boolean isEngine() {
        return this == ENGINE_HTTPCORE;
    }

    /** The version of its class files: Java 11's, or that of a framework which needs more itself. */
    int classVersion() {
        return this == SPRING_BOOT ? JAVA_17 : JAVA_11;
    }

    /** Where the public API is on file. */
    Path apiFile() {
        return Project.path(folder).resolve("api").resolve(Path.of(folder).getFileName() + ".api");
    }

    public Path classes() {
        return Project.path(folder).resolve("target/classes");
    }

    public List<Path> classFiles() {
        return Project.files(classes(), ".class");
    }

    /** The jar of this build; those with sources, tests or docs do not count. */
    Path jar() {
        try (Stream<Path> files = Files.list(Project.path(folder).resolve("target"))) {
            return files.filter(file -> isMainJar(file.getFileName().toString()))
                    .findFirst()
                    .orElseThrow(
                            () -> new AssertionError(folder + " has no jar: run mvn verify, which packages it first"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isMainJar(String name) {
        return name.startsWith(id) && name.endsWith(".jar") && !name.matches(".*-(tests|sources|javadoc)\\.jar");
    }
}
