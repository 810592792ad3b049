package dev.tandem.checks;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code mvn verify -Dapi.update=true} puts today's API on file. */
class PublicApiTest {
    private static final int SHOWN = 30;

    @ParameterizedTest
    @EnumSource
    void publicApiIsTheOneOnFile(Artifact artifact) throws IOException {
        String now = ApiDump.of(artifact);
        Path file = artifact.apiFile();
        if (Boolean.getBoolean("api.update")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, now);
        }
        String onFile = Files.exists(file) ? Project.read(file) : "";
        if (!now.equals(onFile)) {
            fail("the public API of " + artifact.folder + " is not the one in " + Project.name(file)
                    + "; if that is meant, run mvn verify -Dapi.update=true and commit the file with the change:\n"
                    + difference(onFile, now));
        }
    }

    /** Lines gone and lines come, each with its class; a line that only moved is neither. */
    private static String difference(String onFile, String now) {
        Set<String> before = new HashSet<>(qualified(onFile));
        Set<String> after = new HashSet<>(qualified(now));
        List<String> lines = new ArrayList<>();
        qualified(onFile).stream().filter(line -> !after.contains(line)).forEach(line -> lines.add("- " + line));
        qualified(now).stream().filter(line -> !before.contains(line)).forEach(line -> lines.add("+ " + line));
        String first = String.join("\n", lines.subList(0, Math.min(SHOWN, lines.size())));
        return lines.size() > SHOWN ? first + "\nand " + (lines.size() - SHOWN) + " more lines\n" : first + "\n";
    }

    private static List<String> qualified(String dump) {
        return ApiDump.lines(dump).stream().map(ApiDump.Line::toString).toList();
    }
}
