package dev.tandem.checks.reach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.checks.Artifact;
import dev.tandem.checks.Broken;
import dev.tandem.checks.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The metadata for native images is what a run has looked up, and the run has been everywhere where something is looked up.
 * {@code mvn verify -Dapi.update=true} puts it on file, on Java 21 or newer: before that there are no virtual threads to look for.
 */
class ReachabilityTest {
    private static final boolean SEES_ALL = Runtime.version().feature() >= 21;

    /** Where only Java 21 looks anything up. */
    private static final String VIRTUAL_THREADS = "dev.tandem.interop.Callbacks.virtual ";

    /** Where only Android gets: elsewhere the class of the lookup before is not there. */
    private static final String ANDROID = "dev.tandem.interop.SdkMark.androidMain → getMethod";

    /** What may stand where, by version 1.2.0 of the schema; of it we need this much. */
    private static final Map<String, Set<String>> SCHEMA = Map.of(
            "", Set.of("reflection", "resources"),
            "reflection", Set.of("condition", "type", "methods", "fields"),
            "resources", Set.of("condition", "glob"),
            "condition", Set.of("typeReached"),
            "methods", Set.of("name", "parameterTypes"),
            "fields", Set.of("name"));

    private static final Map<String, Artifact> OWNERS = new TreeMap<>();
    private static final Set<String> SITES = new TreeSet<>();

    @BeforeAll
    static void runIt() throws Exception {
        for (Artifact artifact : Artifact.values()) {
            // Tests run on a JVM.
            if (artifact == Artifact.TESTING) continue;
            for (Path file : artifact.classFiles()) {
                String path = artifact.classes().relativize(file).toString();
                OWNERS.put(path.replace(".class", "").replace('/', '.').replace('\\', '.'), artifact);
                SITES.addAll(Rewriting.sitesIn(Files.readAllBytes(file)));
            }
        }
        Class<?> program = new Watch(Exercise.class.getClassLoader()).loadClass(Exercise.class.getName());
        program.getMethod("run").invoke(null);
    }

    @Test
    void everyPlaceIsReached() {
        List<String> missed = SITES.stream()
                .filter(site -> !Lookups.SITES.contains(site))
                .filter(site -> !site.equals(ANDROID))
                .filter(site -> SEES_ALL || !site.startsWith(VIRTUAL_THREADS))
                .toList();
        Broken.ifAny(missed, "Exercise does not get there, so nobody knows what is looked up: have it do so");
        assertFalse(SITES.isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void metadataIsTheOneOnFile(Artifact artifact) throws IOException {
        List<Lookup> lookups = Lookups.FOUND.stream()
                .filter(each -> OWNERS.get(each.caller()) == artifact)
                .toList();
        String now = lookups.isEmpty() ? "" : Metadata.of(lookups);
        Path file = fileOf(artifact);
        if (SEES_ALL && Boolean.getBoolean("api.update")) write(file, now);
        String onFile = Files.exists(file) ? Project.read(file) : "";
        String advice = Project.name(file) + " is not what a run looks up: run mvn verify -Dapi.update=true on Java 21"
                + " or newer, and commit it";
        if (SEES_ALL) {
            assertEquals(now, onFile, advice);
            return;
        }
        List<String> missing = entriesOf(now)
                .filter(entry -> entriesOf(onFile).noneMatch(entry::equals))
                .toList();
        Broken.ifAny(missing, advice);
    }

    @ParameterizedTest
    @EnumSource
    void metadataIsWellFormed(Artifact artifact) {
        Path file = fileOf(artifact);
        if (!Files.exists(file)) return;
        List<String> strange = new ArrayList<>();
        check("", Json.Default.parseToJsonElement(Project.read(file)), strange);
        Broken.ifAny(strange, "not in the schema of reachability-metadata.json");
        assertTrue(Project.name(file).contains("META-INF/native-image/dev.tandem/"));
    }

    private static void check(String place, JsonElement json, List<String> strange) {
        if (json instanceof JsonArray array) array.forEach(each -> check(place, each, strange));
        if (!(json instanceof JsonObject object)) return;
        object.forEach((name, value) -> {
            if (!SCHEMA.getOrDefault(place, Set.of()).contains(name)) strange.add(place + "." + name);
            check(name, value, strange);
        });
    }

    private static Path fileOf(Artifact artifact) {
        String sources = artifact == Artifact.CORE ? "src/commonMain/resources" : "src/main/resources";
        return Project.path(artifact.folder)
                .resolve(sources)
                .resolve("META-INF/native-image/dev.tandem")
                .resolve(artifact.id)
                .resolve("reachability-metadata.json");
    }

    private static void write(Path file, String now) throws IOException {
        if (now.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, now);
    }

    private static Stream<String> entriesOf(String metadata) {
        return metadata.lines().map(line -> line.replaceFirst(",$", "")).filter(line -> line.contains("condition"));
    }
}
