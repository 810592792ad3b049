package dev.tandem.checks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a user of tandem-java carries. */
class SizeBudgetTest {
    private static final long MIB = 1024 * 1024;
    private static final long CORE_BUDGET = MIB * 3 / 2;
    private static final long SERVER_BUDGET = 12 * MIB;
    private static final int SERVER_JARS = 32;
    private static final long ANDROID_BUDGET = 10 * MIB;
    private static final int ANDROID_JARS = 28;

    @Test
    void coreIsSmall() {
        long size = size(Artifact.CORE.jar());
        System.out.printf("core: %,d of %,d bytes%n", size, CORE_BUDGET);
        assertTrue(
                size <= CORE_BUDGET,
                () -> over("the core jar", size, CORE_BUDGET) + ": look at what grew with jar tvf");
    }

    @Test
    void closureIsSmall() {
        weigh("tandem-java with all it needs", closure(), SERVER_BUDGET, SERVER_JARS);
    }

    /** An app leaves out the engine for servers. */
    @Test
    void closureOnAndroidIsSmaller() {
        List<Path> jars = closure().stream()
                .filter(jar -> !jar.getFileName().toString().contains("httpcore"))
                .toList();
        weigh("the same on Android", jars, ANDROID_BUDGET, ANDROID_JARS);
    }

    private static void weigh(String what, List<Path> jars, long budget, int mostJars) {
        long size = jars.stream().mapToLong(SizeBudgetTest::size).sum();
        System.out.printf("%s: %,d of %,d bytes in %d of %d jars%n", what, size, budget, jars.size(), mostJars);
        assertTrue(size <= budget, () -> over(what, size, budget) + advice(jars));
        assertTrue(jars.size() <= mostJars, () -> over(what, jars.size(), mostJars) + advice(jars));
    }

    @Test
    void closureHasNoReflectionLibraries() {
        List<String> places = closure().stream()
                .map(jar -> jar.getFileName().toString())
                .filter(name -> name.contains("jackson") || name.startsWith("kotlin-reflect"))
                .toList();
        Broken.ifAny(places, "find who brings it with mvn dependency:tree -pl java-interop, and leave that out");
    }

    @ParameterizedTest
    @EnumSource
    void bytecodeIsForJava11(Artifact artifact) {
        List<String> places = artifact.classFiles().stream()
                .filter(file -> version(file) != artifact.classVersion())
                .map(file -> Project.name(file) + ": " + version(file))
                .toList();
        Broken.ifAny(
                places,
                "class files must have version " + artifact.classVersion() + ": see release and jvmTarget in the poms");
    }

    private static List<Path> closure() {
        List<Path> jars = new ArrayList<>(Project.files(Project.path("java-interop/target/closure"), ".jar"));
        jars.add(Artifact.JAVA.jar());
        return jars;
    }

    private static String advice(List<Path> jars) {
        String list = jars.stream()
                .map(jar -> String.format("  %,12d %s%n", size(jar), jar.getFileName()))
                .reduce("", String::concat);
        return " (after a change of versions, mvn clean first): leave something out, or move it to integrations\n"
                + list;
    }

    private static String over(String what, long is, long budget) {
        return String.format("%s is over budget, %,d of %,d", what, is, budget);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int version(Path classFile) {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(classFile))) {
            in.readInt();
            in.readUnsignedShort();
            return in.readUnsignedShort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
