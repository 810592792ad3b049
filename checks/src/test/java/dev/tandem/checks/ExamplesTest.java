package dev.tandem.checks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Examples run without a key. Whoever has one reads at the head of each how it is used. */
class ExamplesTest {
    private static final Pattern RUNNABLE = Pattern.compile("\\bpublic static void main\\(");
    private static final Pattern KEY = Pattern.compile("\\b[A-Z]+_API_KEY\\b");

    @Test
    void eachSaysHowAKeyIsUsed() {
        Broken.ifAny(
                runnable()
                        .filter(source -> !KEY.matcher(comment(source)).find())
                        .map(Source::name)
                        .toList(),
                "say at the head of the class what it shows, and how a key is used: name the variable, such as OPENAI_API_KEY");
    }

    /** What is not found is not looked at. */
    @Test
    void examplesAreFound() {
        List<String> names = runnable().map(Source::name).toList();
        assertTrue(names.stream().anyMatch(name -> name.endsWith("/QuickStart.java")), names::toString);
        assertTrue(names.stream().anyMatch(name -> name.endsWith("/QuestionsJob.java")), names::toString);
    }

    private static Stream<Source> runnable() {
        return Source.all().stream()
                .filter(source ->
                        source.name().matches("examples-java/.*\\.java|.*/example/.*\\.java") && source.isMain())
                .filter(source -> RUNNABLE.matcher(source.code()).find());
    }

    /** Of the type that the file is named after. */
    private static String comment(Source source) {
        return source.declared().get(0).comment();
    }
}
