package dev.tandem.bench.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An engine for Tandem to run on besides its default: jars that are added to the class path, or after a {@code -} taken away. */
record Engine(String name, String classPath) {
    /** {@code name=jar:jar:-beginning-of-a-jar's-name} */
    static Engine of(String words) {
        int equals = words.indexOf('=');
        if (equals < 1) throw new IllegalArgumentException("an engine is name=jar:jar, but this is '" + words + "'");
        return new Engine(words.substring(0, equals), words.substring(equals + 1));
    }

    List<Path> change(List<Path> jars) {
        List<Path> changed = new ArrayList<>(jars);
        for (String jar : classPath.split(":")) {
            if (jar.startsWith("-"))
                changed.removeIf(file -> file.getFileName().toString().startsWith(jar.substring(1)));
            else if (!jar.isBlank()) changed.add(Path.of(jar));
        }
        return changed;
    }
}
