package dev.tandem.examples.cli.talk;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that their owner alone may read, where there is such a thing. */
final class Secret {
    private static final String OWNER = "rw-------";

    private Secret() {}

    /** In place of what is in it. */
    static void write(Path file, String text) throws IOException {
        if (Files.isDirectory(file)) throw new IOException("it is a folder");
        if (!Files.exists(file)) {
            create(file);
        } else if (hasPermissions(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(OWNER));
        }
        Files.writeString(file, text);
    }

    /** An empty one, which must not be there yet. */
    static void create(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && hasPermissions(folder)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER)));
        } else {
            Files.createFile(file);
        }
    }

    private static boolean hasPermissions(Path folder) throws IOException {
        FileStore store = Files.getFileStore(folder);
        return store.supportsFileAttributeView(PosixFileAttributeView.class);
    }
}
