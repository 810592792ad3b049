package dev.tandem.checks;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Pages whose Java is all in recipes, which are compiled and run: so it cannot drift. */
class RecipesTest {
    private static final Map<String, String> RECIPES = Map.of(
            "docs/from-graphbit.md", "examples-java/src/main/java/dev/tandem/examples/graphbit",
            "docs/spring-boot.md", "integrations/spring-boot/src/test/java/dev/tandem/spring/example",
            "docs/web-chat.md", "examples-java/src/main/java/dev/tandem/examples/webchat",
            "docs/testing.md", "examples-java/src/test/java/dev/tandem/examples",
            "docs/from-other-clients.md", "examples-java/src/main/java/dev/tandem/examples/migration");

    private static final Pattern BLOCK = Pattern.compile("^```java\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

    /** The head of the column that has Java, in tables of such a page. */
    private static final String OURS = "Tandem (Java)";

    @Test
    void pagesShowWhatRuns() {
        List<String> places = new ArrayList<>();
        RECIPES.forEach((page, folder) -> {
            String recipes = withoutBlanks(Project.files(Project.path(folder), ".java").stream()
                    .map(Project::read)
                    .collect(Collectors.joining()));
            List<String> shown = javaOf(Project.read(Project.path(page)));
            assertFalse(shown.isEmpty(), () -> "there is no Java in " + page);
            for (String java : shown) {
                if (!recipes.contains(withoutBlanks(java))) places.add(page + ": " + java);
            }
        });
        Broken.ifAny(places, "Java that no recipe of the page has: put it into one, or mend the page");
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

    private static String withoutBlanks(String java) {
        return java.replaceAll("\\s", "");
    }
}
