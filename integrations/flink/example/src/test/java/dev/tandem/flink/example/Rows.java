package dev.tandem.flink.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a reader of the sink's folder sees: files that are not hidden, since those are not committed. */
final class Rows {
    private Rows() {}

    /** All texts of each row. */
    static Map<Long, List<String>> in(Path folder) throws IOException {
        Map<Long, List<String>> rows = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Rows::isSeen).toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] columns = line.split("\t", 2);
                    rows.computeIfAbsent(Long.valueOf(columns[0]), row -> new ArrayList<>())
                            .add(columns[1]);
                }
            }
        }
        return rows;
    }

    private static boolean isSeen(Path file) {
        return Files.isRegularFile(file) && file.getFileName().toString().startsWith("part-");
    }
}
