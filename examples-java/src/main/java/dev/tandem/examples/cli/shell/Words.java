package dev.tandem.examples.cli.shell;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text as it may be shown. */
public final class Words {
    private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

    // All that moves a cursor or colours, but for the end of a line and a tab.
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]|[\\u0080-\\u009f]");
    private static final Pattern SECRET_NAME = Pattern.compile(".*_(KEY|TOKEN)");
    private static final int SHORTEST_SECRET = 8;

    private Words() {}

    /** What a shell takes for these words. */
    public static String line(List<String> words) {
        return words.stream().map(Words::quoted).collect(Collectors.joining(" "));
    }

    /** What others wrote: a terminal must not obey it. */
    public static String printable(String text) {
        return CONTROLS.matcher(text).replaceAll("");
    }

    /** The text without what variables named {@code …_KEY} and {@code …_TOKEN} hold, wherever it came from. */
    public static String withoutKeys(String text, Map<String, String> environment) {
        String clean = text;
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String value = variable.getValue().strip();
            if (value.length() >= SHORTEST_SECRET
                    && SECRET_NAME.matcher(variable.getKey()).matches()) clean = clean.replace(value, "***");
        }
        return clean;
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
