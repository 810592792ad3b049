package dev.tandem.checks;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/errors.md has a row for each exception that a call may end with. */
class ErrorsPageTest {
    private static final Path ERRORS = Project.path("core/src/commonMain/kotlin/dev/tandem/error");
    private static final Pattern FINAL = Pattern.compile("^public class (\\w+Exception)\\b", Pattern.MULTILINE);

    @Test
    void eachHasARow() {
        String page = Project.read(Project.path("docs/errors.md"));
        List<String> missing = new ArrayList<>();
        names().filter(name -> !page.contains("\n| `" + name + "` |")).forEach(missing::add);
        Broken.ifAny(missing, "exceptions without a row in docs/errors.md: say there what happened, and what to do");
    }

    @Test
    void thereAreSome() {
        assertFalse(names().findAny().isEmpty());
    }

    private static Stream<String> names() {
        return Project.files(ERRORS, ".kt").stream()
                .map(Project::read)
                .flatMap(file -> FINAL.matcher(file).results())
                .map((MatchResult found) -> found.group(1));
    }
}
