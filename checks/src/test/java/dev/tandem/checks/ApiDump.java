package dev.tandem.checks;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jetbrains.kotlin.abi.tools.AbiFilters;
import org.jetbrains.kotlin.abi.tools.AbiToolsFactory;

/** The public API of an artifact as text. Kotlin's {@code internal} is left out, which reflection could not do. */
final class ApiDump {
    private static final Pattern CLASS = Pattern.compile("^\\S.* class (\\S+)(?: : (.*))? \\{$");
    private static final Pattern MEMBER = Pattern.compile("\\t.* (?:fun|field) ([^ (]+).*");
    private static final Pattern ACCESSOR = Pattern.compile("(?:get|set)(\\p{Lu})(.*)");

    /** The class of what a Kotlin file has outside of classes. */
    private static final Pattern FILE = Pattern.compile("/(?:-\\w+|\\w+Kt)$");

    /** What compilers make by themselves. */
    private static final Pattern MADE_CLASS = Pattern.compile("\\$(?:\\$serializer|Impl)$");

    private static final Pattern MADE =
            Pattern.compile(".*[$].*|<init>|INSTANCE|values|valueOf|getEntries|component\\d+|serializer");

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

        /**
         * What a source may call it, as in {@code dev.tandem.Outer.member}: one of these, since Java finds in a class what Kotlin
         * has in its companion. Empty for what no source declares.
         */
        List<String> sourceNames() {
            if (MADE_CLASS.matcher(owner).find()) return List.of();
            String type = owner.replaceAll("[/$]", ".");
            Matcher member = MEMBER.matcher(text);
            if (!member.matches()) return FILE.matcher(owner).find() ? List.of() : List.of(type);
            if (MADE.matcher(member.group(1)).matches()) return List.of();
            String place = FILE.matcher(owner).replaceFirst("").replaceAll("[/$]", ".");
            // What follows a hyphen tells functions with value classes apart.
            String name = member.group(1).replaceFirst("-.*", "");
            Matcher accessor = ACCESSOR.matcher(name);
            String property =
                    accessor.matches() ? accessor.group(1).toLowerCase(Locale.ROOT) + accessor.group(2) : name;
            return Stream.of(name, property, name.replaceFirst("^set", "is"))
                    .flatMap(word -> Stream.of(place + "." + word, place + ".Companion." + word))
                    .toList();
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
