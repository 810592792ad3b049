package dev.tandem.checks;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Collection;
import java.util.stream.Collectors;

/** Fails a rule with all the places that break it, and what to do about them. */
public final class Broken {
    private Broken() {}

    public static void ifAny(Collection<String> places, String whatToDo) {
        if (!places.isEmpty()) {
            String list = places.stream().sorted().distinct().collect(Collectors.joining("\n  "));
            fail(whatToDo + ":\n  " + list + "\n");
        }
    }
}
