package dev.tandem.checks.reach;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lookups as native-image reads them: {@code reachability-metadata.json}, an entry a line. */
final class Metadata {
    /** One of these is this machine's, and an image may be for another. */
    private static final String LIBRARY = "(de/kherud/llama)/(Linux|Mac|Windows)/(x86_64|aarch64|x86)/[^/]+";

    private Metadata() {}

    static String of(Collection<Lookup> lookups) {
        return "{\n"
                + Stream.of(reflection(lookups), resources(lookups))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(",\n"))
                + "\n}\n";
    }

    private static String reflection(Collection<Lookup> lookups) {
        Map<List<String>, List<Lookup>> types = lookups.stream()
                .filter(each -> each.kind() != Lookup.Kind.RESOURCE)
                .collect(Collectors.groupingBy(
                        each -> List.of(each.what(), each.caller()), LinkedHashMap::new, Collectors.toList()));
        List<String> entries = new ArrayList<>();
        types.forEach((type, members) -> entries.add(entry(
                type.get(1),
                "\"type\": \"" + type.get(0) + "\"" + list("methods", members, Lookup.Kind.METHOD)
                        + list("fields", members, Lookup.Kind.FIELD))));
        return section("reflection", entries);
    }

    private static String list(String name, List<Lookup> members, Lookup.Kind kind) {
        String all = members.stream()
                .filter(each -> each.kind() == kind)
                .map(each -> "{\"name\": \"" + each.member() + "\"" + parametersOf(each) + "}")
                .collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : ", \"" + name + "\": [" + all + "]";
    }

    private static String parametersOf(Lookup lookup) {
        if (lookup.kind() != Lookup.Kind.METHOD) return "";
        return lookup.parameters().stream()
                .map(type -> "\"" + type + "\"")
                .collect(Collectors.joining(", ", ", \"parameterTypes\": [", "]"));
    }

    private static String resources(Collection<Lookup> lookups) {
        List<String> entries = lookups.stream()
                .filter(each -> each.kind() == Lookup.Kind.RESOURCE)
                .map(each -> entry(each.caller(), "\"glob\": \"" + each.what().replaceAll(LIBRARY, "$1/*/*/*") + "\""))
                .distinct()
                .toList();
        return section("resources", entries);
    }

    private static String entry(String caller, String rest) {
        return "    {\"condition\": {\"typeReached\": \"" + caller + "\"}, " + rest + "}";
    }

    private static String section(String name, List<String> entries) {
        return entries.isEmpty() ? "" : "  \"" + name + "\": [\n" + String.join(",\n", entries) + "\n  ]";
    }
}
