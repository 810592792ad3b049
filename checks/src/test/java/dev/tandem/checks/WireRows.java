package dev.tandem.checks;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rows that must be proven, and where they are written down: in tables, and as names of tests. */
final class WireRows {
    static final String LIST = "checks/src/test/resources/wire-rows.txt";

    /** Those of {@link #LIST} first, then what was found beyond it. */
    static final Comparator<String> ORDER = Comparator.comparing((String id) -> "SOAGLKHRPX".indexOf(id.charAt(0)))
            .thenComparing(Comparator.naturalOrder());

    private static final Pattern REQUIRED = Pattern.compile("^([A-Z]\\d\\d) (.+)$", Pattern.MULTILINE);
    private static final Pattern HEADING = Pattern.compile("^== ([A-Z]{1,2}\\d\\d[a-z]?) ", Pattern.MULTILINE);
    private static final Pattern TEST_NAME = Pattern.compile("\"([SOAGLKHRPX]X?\\d\\d[a-z]?) ");

    private static final Map<Character, String> WIRES = Map.of(
            'S', "server-sent events",
            'O', "OpenAI",
            'A', "Anthropic",
            'G', "Gemini",
            'L', "Ollama",
            'K', "LocalLab",
            'H', "HTTP",
            'R', "OpenAI Responses",
            'P', "Replicate");

    private WireRows() {}

    /** Id and title of each. */
    static Map<String, String> required() {
        return REQUIRED.matcher(Project.read(Project.path(LIST)))
                .results()
                .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2), (one, other) -> one, TreeMap::new));
    }

    /** The ids of {@link #required} that none of {@code ids} is a form of, with their titles. */
    static List<String> missingIn(Set<String> ids) {
        Set<String> proven = ids.stream().map(id -> id.substring(0, 3)).collect(Collectors.toSet());
        return required().entrySet().stream()
                .filter(row -> !proven.contains(row.getKey()))
                .map(row -> row.getKey() + " " + row.getValue())
                .toList();
    }

    /** All ids that a table or a test's name has. */
    static Set<String> written() {
        Stream<String> inTests = Source.all().stream()
                .filter(source -> !source.isMain())
                .flatMap(source -> TEST_NAME.matcher(source.text()).results().map(WireRows::id));
        return Stream.concat(tables().keySet().stream(), inTests).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whose wire a row is about. Beyond the list it is said by the table. */
    static String wireOf(String id) {
        return WIRES.getOrDefault(id.charAt(0), tables().getOrDefault(id, ""));
    }

    /** Id, and the name of the table that has it. */
    private static Map<String, String> tables() {
        return Project.writtenFiles().stream()
                .filter(file -> file.toString().endsWith(".wire"))
                .flatMap(file ->
                        HEADING.matcher(Project.read(file)).results().map(row -> Map.entry(id(row), tableName(file))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
    }

    private static String id(MatchResult found) {
        return found.group(1);
    }

    private static String tableName(Path file) {
        return file.getFileName().toString().replace(".wire", "");
    }
}
