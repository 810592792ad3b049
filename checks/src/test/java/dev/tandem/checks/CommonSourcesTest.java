package dev.tandem.checks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What sources may not say, whatever they compile to. */
class CommonSourcesTest {
    private static final String COMMON = "core/src/commonMain/";
    private static final List<String> COMMON_LIBRARIES = List.of("dev.tandem.", "kotlin.", "kotlinx.", "io.ktor.");

    private static final Pattern JVM_PACKAGE = Pattern.compile("(?<![\\w.])(?:java|javax|android|sun|jdk)\\.[a-z]");

    // java.lang needs no import in Kotlin on the JVM, and these are the ones a hand reaches for.
    private static final Pattern JVM_ONLY =
            Pattern.compile("\\b(?:System|Thread|Runtime|Class|Integer|Character)\\.[a-zA-Z]"
                    + "|\\b(?:Thread|ThreadLocal|Runnable|StringBuffer)\\b\\s*[<({]|::class\\.java|\\.javaClass\\b|\\bsynchronized\\s*\\("
                    + "|\\bInterruptedException\\b|\\b(?:String\\.format|\\.format)\\s*\\(");

    @Test
    void commonMainNeedsNoJvm() {
        assertTrue(Source.in(COMMON).findAny().isPresent(), "no sources in " + COMMON);
        Broken.ifAny(
                places(Source.in(COMMON), JVM_PACKAGE, JVM_ONLY),
                "commonMain must compile for other platforms: move this to jvmMain, behind dev.tandem.platform.Platform");
    }

    @Test
    void commonMainImportsCommonLibraries() {
        List<String> places = Source.in(COMMON)
                .flatMap(source -> source.imports()
                        .filter(name -> COMMON_LIBRARIES.stream().noneMatch(name::startsWith)
                                || name.startsWith("io.ktor.client.engine.okhttp"))
                        .map(name -> source.name() + ": " + name))
                .toList();
        Broken.ifAny(places, "commonMain imports " + COMMON_LIBRARIES + " only: move this to jvmMain");
    }

    @Test
    void noStarImports() {
        Broken.ifAny(
                places(Source.all().stream(), Pattern.compile("^import .*\\*")),
                "a cycle must be visible in review: import each name");
    }

    @Test
    void coreStartsNothingUnbound() {
        Broken.ifAny(
                places(
                        Source.in("core/src/").filter(Source::isMain),
                        Pattern.compile("\\bGlobalScope\\b"),
                        Pattern.compile("\\brunBlocking\\b")),
                "work belongs to the caller's coroutine: make the function suspend, or use the client's own scope");
    }

    @Test
    void nobodySleeps() {
        Broken.ifAny(
                places(Source.all().stream(), Pattern.compile("\\bsleep\\s*\\(|\\bThread::sleep\\b")),
                "wait for the event, not for the clock: virtual time, a CompletableDeferred or a latch");
    }

    @Test
    void filesAreShort() {
        int most = 250;
        List<String> places = Source.all().stream()
                .filter(source -> source.text().lines().count() > most)
                .map(source -> source.name() + ": " + source.text().lines().count())
                .toList();
        Broken.ifAny(places, "a file has at most " + most + " lines: split it by what its parts know");
    }

    private static List<String> places(Stream<Source> sources, Pattern... patterns) {
        return sources.flatMap(source -> Stream.of(patterns).flatMap(source::places))
                .toList();
    }
}
