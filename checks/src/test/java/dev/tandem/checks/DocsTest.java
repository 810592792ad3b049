package dev.tandem.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocsTest {
    private static final int README_LINES = 200;
    private static final Pattern SHELL_BLOCK =
            Pattern.compile("^```sh\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL);

    // Where only the author's machine has files. Not a part of a URL or of a longer path.
    private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w./:-])/(?:work|root)/");

    @Test
    void readmeIsShort() {
        long lines = readme().lines().count();
        assertTrue(
                lines < README_LINES,
                () -> "README.md has " + lines + " lines, and should have under " + README_LINES
                        + ": move recipes to docs");
    }

    @Test
    void readmeShowsWhatCiRuns() {
        List<String> blocks = shellBlocks();
        assertTrue(blocks.size() >= 2, "README.md needs two sh blocks: how to try it, and how to build and test it");
        blocks.subList(0, 2)
                .forEach(block -> assertEquals(
                        1, block.lines().count(), "in README.md, this sh block is not one line:\n" + block));
        String ci = Project.read(Project.path(".ci/run"));
        assertTrue(
                ci.contains("README.md") || ci.contains(blocks.get(1).strip()),
                () -> ".ci/run must run what README.md tells people to run: " + blocks.get(1));
    }

    @Test
    void filesFitEveryMachine() {
        List<String> places = new ArrayList<>();
        for (Path file : Project.writtenFiles()) {
            List<String> lines = bytesAsText(file).lines().toList();
            for (int line = 0; line < lines.size(); line++) {
                if (MACHINE_PATH.matcher(lines.get(line)).find()) {
                    places.add(Project.name(file) + ":" + (line + 1));
                }
            }
        }
        Broken.ifAny(places, "a path of one machine: make it relative, or a temporary folder");
    }

    private static String readme() {
        Path file = Project.path("README.md");
        assertTrue(Files.exists(file), "README.md is missing");
        return Project.read(file);
    }

    private static List<String> shellBlocks() {
        return SHELL_BLOCK
                .matcher(readme())
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** Images and models too, so nothing that is not UTF-8 may stop it. */
    private static String bytesAsText(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
