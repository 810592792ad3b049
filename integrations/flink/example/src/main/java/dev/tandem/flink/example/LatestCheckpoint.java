package dev.tandem.flink.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a job that died can go on. A cluster that is set up to survive its own machines finds it by itself. */
final class LatestCheckpoint {
    /** Flink writes it last: a checkpoint without it is not whole. */
    private static final String WHOLE = "_metadata";

    private LatestCheckpoint() {}

    /** The newest whole one of any run. */
    static Optional<Path> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) return Optional.empty();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith(WHOLE))
                    .max(Comparator.comparing(LatestCheckpoint::written))
                    .map(Path::getParent);
        }
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            // Flink has just removed it: a newer one is there.
            return FileTime.fromMillis(0);
        }
    }
}
