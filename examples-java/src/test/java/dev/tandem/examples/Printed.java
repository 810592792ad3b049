package dev.tandem.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What a recipe prints. */
public final class Printed {
    private final String text;

    private Printed(String text) {
        this.text = text;
    }

    public static Printed by(Recipe recipe) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        recipe.run(new PrintStream(printed, true, StandardCharsets.UTF_8));
        return new Printed(printed.toString(StandardCharsets.UTF_8));
    }

    public void has(String... words) {
        for (String word : words) assertTrue(text.contains(word), () -> word + " is missing in\n" + text);
    }

    public void has(Pattern pattern) {
        assertTrue(pattern.matcher(text).find(), () -> pattern + " is missing in\n" + text);
    }

    public interface Recipe {
        void run(PrintStream out) throws Exception;
    }
}
