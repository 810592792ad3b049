import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Follows a page word by word, in this folder and in one shell: a block whose fence names a file is written there, one of sh is
 * run, and one of text is what the run before it has to print. There an ellipsis stands for anything in its line, and alone in
 * a line for any lines. What goes to the error stream is not looked at.
 */
class Guide {
    private static final Pattern BLOCK = Pattern.compile("^```(\\w+)(?: (\\S+))?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern COLOUR = Pattern.compile("\u001B\\[[\\d;]*m");
    private static final String MARK = "@@ run ";
    private static final String END = "@@ END OF FILE";

    private final StringBuilder script = new StringBuilder("set -euo pipefail\n");
    private final List<String> runs = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path page = Path.of(arguments[0]);
        Guide guide = new Guide();
        guide.read(Files.readString(page));
        if (guide.runs.isEmpty()) throw new IllegalStateException(page + " has nothing to run");
        List<String> printed = guide.follow();
        List<String> wrong = guide.compare(printed);
        wrong.forEach(System.err::println);
        if (!wrong.isEmpty()) throw new IllegalStateException(page + " says something else than what happens");
        System.out.println(page + ": " + guide.runs.size() + " commands do what it says");
    }

    private void read(String page) {
        for (Matcher block = BLOCK.matcher(page); block.find(); ) {
            String text = block.group(3);
            if (block.group(2) != null) {
                write(block.group(2), text);
            } else if (block.group(1).equals("sh")) {
                script.append("echo '").append(MARK).append(runs.size()).append("'\n").append(text);
                runs.add(text);
                expected.add(null);
            } else if (block.group(1).equals("text")) {
                expected.set(expected.size() - 1, text);
            }
        }
    }

    private void write(String file, String text) {
        script.append("mkdir -p \"$(dirname '").append(file).append("')\"\ncat > '").append(file).append("' <<'");
        script.append(END).append("'\n").append(text).append(END).append("\n");
    }

    /** What each run printed. A shell that fails is the end of it. */
    private List<String> follow() throws IOException, InterruptedException {
        Path file = Files.writeString(Files.createTempFile("guide", ".sh"), script);
        Path output = Files.createTempFile("guide", ".out");
        try {
            int code = new ProcessBuilder("bash", file.toString())
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start()
                    .waitFor();
            String all = COLOUR.matcher(Files.readString(output, StandardCharsets.UTF_8)).replaceAll("");
            if (code != 0) throw new IllegalStateException("it ended with " + code + ", after:\n" + all);
            List<String> printed = new ArrayList<>(List.of(all.split(MARK + "\\d+\\n", -1)));
            printed.remove(0);
            return printed;
        } finally {
            Files.delete(file);
            Files.delete(output);
        }
    }

    private List<String> compare(List<String> printed) {
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            String wanted = expected.get(i);
            if (wanted != null && !fits(wanted, printed.get(i))) {
                wrong.add("$ " + runs.get(i) + "prints\n" + printed.get(i) + "and not\n" + wanted);
            }
        }
        return wrong;
    }

    private static boolean fits(String wanted, String printed) {
        String pattern = wanted.lines()
                .map(line -> line.equals("…") ? "(?:.*\\n)*" : quoted(line.stripTrailing()) + "[ \\t]*\\n")
                .collect(Collectors.joining());
        return Pattern.matches(pattern, printed.isEmpty() || printed.endsWith("\n") ? printed : printed + "\n");
    }

    private static String quoted(String line) {
        return Arrays.stream(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }
}
