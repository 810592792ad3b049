package dev.tandem.checks;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All Java and Kotlin that README.md and docs show is in recipes and tests, which are compiled and run: so it cannot drift. */
class RecipesTest {
    private static final List<String> FOLDERS =
            List.of("core", "examples-java", "java-interop", "integrations", "checks/android");

    /** Recipes, and what tests do: what is only implemented shows nobody how it is used. */
    private static final Pattern RECIPE =
            Pattern.compile("(examples-java|checks/android)/src/.*|.*/example/src/.*|.*/src/test/java/.*");

    /** The sample of the guide for Android is tested as a whole. */
    private static final Pattern SPEC = Pattern.compile(".*/src/test/kotlin/.*|checks/android/src/main/kotlin/.*");

    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

    /** The head of the column that has Java, in tables. */
    private static final String OURS = "Tandem (Java)";

    @Test
    void pagesShowWhatRuns() {
        String recipes = withoutBlanks(sources().collect(Collectors.joining("\n")));
        List<String> places = new ArrayList<>();
        for (Path page : pages()) {
            for (String java : javaOf(Project.read(page))) {
                if (!isIn(recipes, java, RecipesTest::withoutBlanks)) places.add(Project.name(page) + ": " + java);
            }
        }
        Broken.ifAny(places, "Java that no recipe and no test has: put it into one, or mend the page");
    }

    @Test
    void soDoTheirKotlinBlocks() {
        String specs = withoutEnds(specs().collect(Collectors.joining("\n")));
        List<String> places = new ArrayList<>();
        for (Path page : pages()) {
            for (String kotlin : blocks("kotlin", Project.read(page))) {
                if (!isIn(specs, kotlin, RecipesTest::withoutEnds)) places.add(Project.name(page) + ": " + kotlin);
            }
        }
        Broken.ifAny(places, "Kotlin that no spec has: put it into one, or mend the page");
    }

    /** Where a page has no Java any more that this test finds, nothing would be looked at. */
    @Test
    void javaIsFound() {
        for (String name : List.of("README.md", "docs/patterns.md", "docs/from-locallab.md", "docs/from-graphbit.md")) {
            assertFalse(javaOf(Project.read(Project.path(name))).isEmpty(), () -> "there is no Java in " + name);
        }
        assertFalse(sources().findAny().isEmpty());
        for (String name : List.of("README.md", "docs/streams.md", "docs/workflows.md")) {
            assertFalse(
                    blocks("kotlin", Project.read(Project.path(name))).isEmpty(),
                    () -> "there is no Kotlin in " + name);
        }
        assertFalse(specs().findAny().isEmpty());
    }

    private static List<Path> pages() {
        return Stream.concat(Stream.of(Project.path("README.md")), Project.files(Project.path("docs"), ".md").stream())
                .toList();
    }

    private static Stream<String> sources() {
        return files(".java", RECIPE);
    }

    private static Stream<String> specs() {
        return files(".kt", SPEC);
    }

    private static Stream<String> files(String extension, Pattern names) {
        return FOLDERS.stream()
                .flatMap(folder -> Project.files(Project.path(folder), extension).stream())
                .filter(file -> names.matcher(Project.name(file)).matches())
                .map(Project::read);
    }

    /** What an ellipsis leaves out may be anything, but what stands between two has to be there. */
    private static boolean isIn(String sources, String shown, UnaryOperator<String> form) {
        return Arrays.stream(shown.split("…")).map(form).allMatch(sources::contains);
    }

    private static List<String> blocks(String language, String page) {
        Pattern block = Pattern.compile("^```" + language + "\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
        return block.matcher(page)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static List<String> javaOf(String page) {
        List<String> found = blocks("java", page);
        int ours = -1;
        for (String line : page.lines().toList()) {
            List<String> cells = line.startsWith("|") ? Arrays.asList(line.split("\\|")) : List.of();
            if (cells.isEmpty()) ours = -1;
            else if (ours < 0) ours = cells.stream().map(String::strip).toList().indexOf(OURS);
            else if (ours < cells.size()) {
                for (Matcher span = SPAN.matcher(cells.get(ours)); span.find(); ) found.add(span.group(1));
            }
        }
        return found;
    }

    /** And without comments, of which pages have more; what follows a colon is a URL. */
    private static String withoutBlanks(String java) {
        return java.replaceAll("(?<!:)//.*", "").replaceAll("\\s", "");
    }

    /** The end of a statement is a line's end or a semicolon, the last argument may have a comma, and pages say it in words of their own. */
    private static String withoutEnds(String kotlin) {
        return withoutBlanks(kotlin.replaceAll("(?s)/\\*\\*.*?\\*/", ""))
                .replace(";", "")
                .replace(",)", ")");
    }
}
