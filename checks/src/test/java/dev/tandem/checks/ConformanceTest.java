package dev.tandem.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Keeps docs/conformance.md to what tests proved. {@code mvn verify -Dapi.update=true} writes it anew. */
class ConformanceTest {
    private static final Path PAGE = Project.path("docs/conformance.md");

    // Behind the names of the contexts that the test is in, if it is in any.
    private static final Pattern NAME = Pattern.compile("^(?:[^/]+/)*?([SOAGLKHRPX]X?\\d\\d[a-z]? .+)");
    private static final Pattern TABLE_ROW = Pattern.compile("^\\| .* \\| (.+) \\| \\w+ \\|$", Pattern.MULTILINE);

    private static final String HEAD = """
            # Conformance

            What servers really send, and the tests that prove what this client makes of it. Written by the build:
            `mvn verify -Dapi.update=true`. A parser test cuts the bytes at every place; a socket test sends them over a real
            connection, whole and cut; anything else is the class that has the test.

            | row | what is sent | wire | proven by | result |
            |---|---|---|---|---|
            """;

    /** Needs no build of other modules, so it finds a forgotten row first. */
    @Test
    void everyRowIsInATableOrATest() {
        Broken.ifAny(
                WireRows.missingIn(WireRows.written()),
                "no .wire table and no test's name has these rows of " + WireRows.LIST
                        + ": write them, or put a '#' before them");
    }

    @Test
    void everyRowIsProvenAndOnFile() throws IOException {
        List<TestReports.Case> cases = rowsIn(TestReports.cases());
        List<String> absent = classesWithoutReport(cases);
        assumeTrue(
                absent.isEmpty() && !cases.isEmpty(),
                () -> "docs/conformance.md is not looked at: this build has no reports of "
                        + (absent.isEmpty() ? "any row's test" : absent) + "; run mvn verify from the root");
        String now = page(cases);
        if (Boolean.getBoolean("api.update")) {
            Files.writeString(PAGE, now);
        }
        Broken.ifAny(
                cases.stream()
                        .filter(test -> !test.isGreen())
                        .map(test -> test.simpleClass() + ": " + test.name())
                        .toList(),
                "these rows are not green");
        Broken.ifAny(
                WireRows.missingIn(cases.stream().map(test -> idOf(test.name())).collect(Collectors.toSet())),
                "no test has proven these rows");
        assertEquals(
                Files.exists(PAGE) ? Project.read(PAGE) : "",
                now,
                "docs/conformance.md is out of date: run mvn clean verify -Dapi.update=true and commit it");
    }

    /** With the row's id first in their names. */
    private static List<TestReports.Case> rowsIn(List<TestReports.Case> cases) {
        return cases.stream()
                .flatMap(test -> NAME.matcher(test.name())
                        .results()
                        .map(row -> new TestReports.Case(test.testClass(), row.group(1), test.isGreen())))
                .toList();
    }

    /** Classes that the page names and the sources have, but that did not run: then the page cannot be judged. */
    private static List<String> classesWithoutReport(List<TestReports.Case> cases) {
        Set<String> ran = cases.stream().map(ConformanceTest::place).collect(Collectors.toSet());
        Set<String> sources = Source.all().stream()
                .map(source -> source.name().replaceAll(".*/|\\.\\w+$", ""))
                .collect(Collectors.toSet());
        String onFile = Files.exists(PAGE) ? Project.read(PAGE) : "";
        return TABLE_ROW
                .matcher(onFile)
                .results()
                .flatMap(row -> Pattern.compile(", ").splitAsStream(row.group(1)))
                .distinct()
                .filter(place -> !ran.contains(place) && (place.matches("parser|socket") || sources.contains(place)))
                .toList();
    }

    private static String page(List<TestReports.Case> cases) {
        Map<String, List<TestReports.Case>> rows = new TreeMap<>(WireRows.ORDER);
        cases.forEach(test ->
                rows.computeIfAbsent(idOf(test.name()), id -> new ArrayList<>()).add(test));
        return rows.entrySet().stream()
                .map(row -> line(row.getKey(), row.getValue()))
                .collect(Collectors.joining("", HEAD, ""));
    }

    private static String line(String id, List<TestReports.Case> tests) {
        String title = tests.get(0).name().substring(id.length() + 1);
        String places =
                tests.stream().map(ConformanceTest::place).distinct().sorted().collect(Collectors.joining(", "));
        String result = tests.stream().allMatch(TestReports.Case::isGreen) ? "green" : "RED";
        return "| %s | %s | %s | %s | %s |\n".formatted(id, escaped(title), WireRows.wireOf(id), places, result);
    }

    /** Tests of tables are named after what they go through. */
    private static String place(TestReports.Case test) {
        return switch (test.simpleClass()) {
            case "ParserWireSpec" -> "parser";
            case "SocketWireSpec" -> "socket";
            default -> test.simpleClass();
        };
    }

    private static String idOf(String name) {
        return name.substring(0, name.indexOf(' '));
    }

    private static String escaped(String title) {
        return title.replace("|", "\\|").replace("<", "&lt;");
    }
}
