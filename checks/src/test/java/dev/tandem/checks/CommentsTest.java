package dev.tandem.checks;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever users of an artifact see says what they cannot see. What overrides something may leave that to what it overrides. */
class CommentsTest {
    private static final Map<Artifact, List<Place>> READ = new EnumMap<>(Artifact.class);

    @ParameterizedTest
    @EnumSource
    void everythingPublicHasAComment(Artifact artifact) {
        Broken.ifAny(
                places(artifact, Declared::lacksComment),
                "say what a caller cannot see: units, ranges, what null means, when it throws, who closes it");
    }

    @ParameterizedTest
    @EnumSource
    void commentsSayMoreThanNames(Artifact artifact) {
        Broken.ifAny(
                places(artifact, Declared::saysNothing),
                "this comment has no word that is not in the name: say what a caller cannot see, or find a better name");
    }

    /** What these tests look at is read from sources, the dumps from class files: none of both knows the other's mistakes. */
    @ParameterizedTest
    @EnumSource
    void nothingPublicIsOverlooked(Artifact artifact) {
        Set<String> seen = all(artifact)
                .map(one -> one.source.packageName() + "." + one.declared.path())
                .collect(Collectors.toSet());
        assertFalse(seen.isEmpty(), () -> "there are no sources in " + artifact.folder);
        Broken.ifAny(
                ApiDump.lines(Project.read(artifact.apiFile())).stream()
                        .filter(line -> isOverlooked(line.sourceNames(), seen))
                        .map(ApiDump.Line::toString)
                        .toList(),
                "no source was found that declares it: mend KotlinDeclarations or JavaDeclarations");
    }

    private static boolean isOverlooked(List<String> names, Set<String> seen) {
        return !names.isEmpty() && names.stream().noneMatch(seen::contains);
    }

    private static List<String> places(Artifact artifact, Predicate<Declared> isBroken) {
        return all(artifact)
                .filter(one -> isBroken.test(one.declared))
                .map(one -> one.source.name() + ":" + one.declared.line() + ": " + one.declared.path())
                .toList();
    }

    private static Stream<Place> all(Artifact artifact) {
        return READ.computeIfAbsent(artifact, CommentsTest::read).stream();
    }

    private static List<Place> read(Artifact artifact) {
        return Source.in(artifact.folder + "/src/")
                .filter(Source::isMain)
                .flatMap(source -> source.declared().stream().map(declared -> new Place(source, declared)))
                .toList();
    }

    private record Place(Source source, Declared declared) {}
}
