package dev.tandem.checks;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All Java that README.md and docs show is in recipes and tests, which are compiled and run: so it cannot drift. */
class RecipesTest {
    private static final List<String> FOLDERS = List.of("examples-java", "java-interop", "integrations");

    /** Recipes, and what tests do: what is only implemented shows nobody how it is used. */
    private static final Pattern RECIPE = Pattern.compile("examples-java/src/.*|.*/example/src/.*|.*/src/test/java/.*");

    private static final Pattern BLOCK = Pattern.compile("^```java\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

    /** The head of the column that has Java, in tables. */
    private static final String OURS = "Tandem (Java)";

    @Test
    void pagesShowWhatRuns() {
        String recipes = withoutBlanks(sources().collect(Collectors.joining("\n")));
        List<String> places = new ArrayList<>();
        for (Path page : pages()) {
            for (String java : javaOf(Project.read(page))) {
                if (!isIn(recipes, java)) places.add(Project.name(page) + ": " + java);
            }
        }
        Broken.ifAny(places, "Java that no recipe and no test has: put it into one, or mend the page");
    }

    /** Where a page has no Java any more that this test finds, nothing would be looked at. */
    @Test
    void javaIsFound() {
        for (String name : List.of("README.md", "docs/patterns.md", "docs/from-locallab.md", "docs/from-graphbit.md")) {
            assertFalse(javaOf(Project.read(Project.path(name))).isEmpty(), () -> "there is no Java in " + name);
        }
        assertFalse(sources().findAny().isEmpty());
    }

    private static List<Path> pages() {
        return Stream.concat(Stream.of(Project.path("README.md")), Project.files(Project.path("docs"), ".md").stream())
                .toList();
    }

    private static Stream<String> sources() {
        return FOLDERS.stream()
                .flatMap(folder -> Project.files(Project.path(folder), ".java").stream())
                .filter(file -> RECIPE.matcher(Project.name(file)).matches())
                .map(Project::read);
    }

    /** What an ellipsis leaves out may be anything, but what stands between two has to be there. */
    private static boolean isIn(String recipes, String java) {
        return Arrays.stream(java.split("…")).map(RecipesTest::withoutBlanks).allMatch(recipes::contains);
    }

    private static List<String> javaOf(String page) {
        List<String> found = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(page); block.find(); ) found.add(block.group(1));
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
}
