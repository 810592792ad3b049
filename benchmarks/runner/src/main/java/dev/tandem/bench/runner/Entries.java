package dev.tandem.bench.runner;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The list of contenders, as contenders.txt has it. */
final class Entries {
    private Entries() {}

    /** Those that are {@code wanted}, all when nobody is; Tandem once more for each of {@code engines}. */
    static List<Entry> chosen(List<String> wanted, List<Engine> engines) {
        List<Entry> all = new ArrayList<>();
        for (Entry entry : listed()) {
            all.add(entry);
            if (entry.group() == Entry.Group.TANDEM) engines.forEach(engine -> all.add(entry.with(engine)));
        }
        if (wanted.isEmpty()) return all;
        List<String> names = all.stream().map(Entry::name).toList();
        for (String name : wanted) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("no contender is named '" + name + "'; there are " + names);
            }
        }
        return all.stream().filter(entry -> wanted.contains(entry.name())).toList();
    }

    private static List<Entry> listed() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Entries.class.getResourceAsStream("/contenders.txt"), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Entries::entry)
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry entry(String line) {
        String[] columns = line.strip().split("\\s*\\|\\s*");
        Entry.Group group = Entry.Group.valueOf(columns[1].toUpperCase(Locale.ROOT));
        return new Entry(columns[0], group, columns[2], columns[3], columns[4], null);
    }
}
