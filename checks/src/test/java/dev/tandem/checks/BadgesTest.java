package dev.tandem.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the badges of README.md say is what the build does. */
class BadgesTest {
    private static final Pattern TEXT = Pattern.compile("<text[^>]*>([^<]*)</text>");
    private static final Map<String, String> ANDROID = Map.of("21", "5", "24", "7");
    private static final double MIB = 1024 * 1024;

    @Test
    void badgesAreTrue() throws IOException {
        Map<String, String> expected = new TreeMap<>(Map.of(
                "Java", found("pom.xml", "<maven.compiler.release>(\\d+)<") + " and up",
                "Kotlin", found("pom.xml", "<kotlin.language.level>([\\d.]+)<") + " and up",
                "Android", ANDROID.get(found("java-interop/pom.xml", "gummy-bears-api-(\\d+)<")) + " and up",
                "core", String.format(Locale.ROOT, "%.1f MB", Files.size(Artifact.CORE.jar()) / MIB),
                "licence", "Apache " + found("LICENSE", "Version ([\\d.]+),")));
        List<String> texts = TEXT.matcher(Project.read(Project.path("docs/images/badges.svg")))
                .results()
                .map((MatchResult text) -> text.group(1))
                .toList();
        Map<String, String> badges = new TreeMap<>();
        for (int i = 0; i < texts.size(); i += 2) badges.put(texts.get(i), texts.get(i + 1));
        assertEquals(expected, badges);
    }

    private static String found(String file, String pattern) {
        return Pattern.compile(pattern)
                .matcher(Project.read(Project.path(file)))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
