package dev.tandem.checks;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Kotlin or Java file. {@link #code} is its text with comments and the insides of strings blanked, line for line. */
record Source(String name, String text, String code) {
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+)", Pattern.MULTILINE);
    private static final Pattern IMPORT = Pattern.compile("^import (?:static )?([\\w.*]+)", Pattern.MULTILINE);

    static List<Source> all() {
        return in("").toList();
    }

    static Stream<Source> in(String folder) {
        return Project.writtenFiles().stream()
                .filter(file ->
                        file.toString().endsWith(".kt") || file.toString().endsWith(".java"))
                .filter(file -> Project.name(file).startsWith(folder))
                .map(Source::of);
    }

    private static Source of(Path file) {
        String text = Project.read(file);
        Code code = file.toString().endsWith(".kt") ? Code.ofKotlin(text) : Code.ofJava(text);
        return new Source(Project.name(file), text, code.toString());
    }

    /** Where {@code pattern} is found in the code of a line: {@code file:line: text}. */
    Stream<String> places(Pattern pattern) {
        List<String> codes = code.lines().toList();
        List<String> texts = text.lines().toList();
        return IntStream.range(0, codes.size())
                .filter(line -> pattern.matcher(codes.get(line)).find())
                .mapToObj(
                        line -> name + ":" + (line + 1) + ": " + texts.get(line).strip());
    }

    /** The names behind {@code import}, without {@code static}, {@code as} and semicolon. */
    Stream<String> imports() {
        return IMPORT.matcher(code).results().map(found -> found.group(1));
    }

    String packageName() {
        Matcher found = PACKAGE.matcher(code);
        return found.find() ? found.group(1) : "";
    }

    /** What it declares for everybody. */
    List<Declared> declared() {
        return name.endsWith(".kt") ? KotlinDeclarations.in(text) : JavaDeclarations.in(text);
    }

    boolean isMain() {
        return !name.contains("/src/test/");
    }
}
