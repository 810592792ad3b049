package dev.tandem.checks;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jetbrains.kotlin.abi.tools.AbiFilters;
import org.jetbrains.kotlin.abi.tools.AbiToolsFactory;

/** The public API of an artifact as text. Kotlin's {@code internal} is left out, which reflection could not do. */
final class ApiDump {
    private static final Pattern CLASS = Pattern.compile("^\\S.* class (\\S+)(?: : (.*))? \\{$");
    private static final Pattern IN_DESCRIPTOR = Pattern.compile("L([^;()\\[\\s]+);");

    private ApiDump() {}

    /** A line of the dump: the head of a class, or one of its members. */
    record Line(String owner, String text, List<String> types) {
        boolean isMember() {
            return text.startsWith("\t");
        }

        /** Java sources cannot name it. */
        boolean isSynthetic() {
            return isMember() && text.contains(" synthetic ");
        }

        boolean names(String type) {
            return types.stream().anyMatch(used -> used.startsWith(type));
        }

        @Override
        public String toString() {
            return isMember() ? owner + ": " + text.strip() : text.replace(" {", "");
        }
    }

    static String of(Artifact artifact) {
        List<File> classes = artifact.classFiles().stream().map(Path::toFile).toList();
        StringBuilder dump = new StringBuilder();
        ServiceLoader.load(AbiToolsFactory.class)
                .findFirst()
                .orElseThrow()
                .get()
                .printJvmDump(dump, classes, new AbiFilters(Set.of(), Set.of(), Set.of(), Set.of()));
        return dump.toString();
    }

    static List<Line> lines(String dump) {
        List<Line> lines = new ArrayList<>();
        String owner = "";
        for (String text : dump.lines().toList()) {
            Matcher head = CLASS.matcher(text);
            if (head.matches()) {
                owner = head.group(1);
                String parents = head.group(2);
                lines.add(new Line(owner, text, parents == null ? List.of() : List.of(parents.split(", "))));
            } else if (text.startsWith("\t")) {
                lines.add(new Line(owner, text, typesIn(text)));
            }
        }
        return lines;
    }

    private static List<String> typesIn(String member) {
        return IN_DESCRIPTOR
                .matcher(member)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
