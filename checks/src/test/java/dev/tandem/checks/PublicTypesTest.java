package dev.tandem.checks;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the public API may not name. It reads the dumps, so type arguments are not seen: {@code List<Buffer>} is a List. */
class PublicTypesTest {
    private static final Map<String, String> FORBIDDEN = Map.of(
            "okhttp3/", "the engine behind Ktor",
            "okio/", "the engine behind Ktor",
            "io/ktor/", "Ktor, of which only HttpClientEngine is promised",
            "io/kotest/", "a test library",
            "org/junit/", "a test library",
            "com/fasterxml/", "Jackson",
            "java/util/concurrent/Flow", "not on Android before API 30: org.reactivestreams is");

    /** How core and its own engines speak with each other: engines are Ktor's, so its types are theirs. */
    private static final Pattern BETWEEN_ENGINES = Pattern.compile("dev/tandem/platform/Engine(Request|Answer): .*");

    private static final String ENGINES = "io/ktor/client/engine/";
    private static final String ENGINE = ENGINES + "HttpClientEngine";
    private static final String MARKER = "Lkotlin/jvm/internal/DefaultConstructorMarker;";

    @ParameterizedTest
    @EnumSource
    void foreignTypesStayInside(Artifact artifact) {
        List<String> places = ApiDump.lines(ApiDump.of(artifact)).stream()
                .filter(line -> !BETWEEN_ENGINES.matcher(line.toString()).matches())
                .flatMap(line -> line.types().stream()
                        .filter(type -> !type.equals(ENGINE) && !(artifact.isEngine() && type.startsWith(ENGINES)))
                        .flatMap(type -> FORBIDDEN.keySet().stream().filter(type::startsWith))
                        .map(type -> line + "   <- " + FORBIDDEN.get(type)))
                .toList();
        Broken.ifAny(
                places, "these belong to libraries we may want to change: make the member internal, or wrap the type");
    }

    /**
     * A Duration or another value class is a number to the JVM, under a name with a hash ({@code getLimit-UwyO8pc}) that
     * Java cannot write; as an optional it is the boxed class. Both are fine for Kotlin callers when hidden from Java by
     * {@code @JvmSynthetic}, beside a member that Java can use. Constructors with one are synthetic by themselves.
     */
    @Test
    void javaSeesNoValueClasses() {
        Broken.ifAny(
                members(
                        Artifact.CORE,
                        line -> !line.isSynthetic()
                                && (line.names("kotlin/time/") || line.text().matches(".* fun \\S*-\\S* \\(.*"))),
                "Java cannot call these: add @JvmSynthetic, and give Java its own (timeoutMillis beside timeout)");
    }

    @Test
    void coreHasNoPublicDataClass() {
        Broken.ifAny(
                members(Artifact.CORE, line -> line.text().matches(".* fun (component1|copy\\$default) \\(.*")),
                "adding a property to a data class breaks its callers: write a class with a builder");
    }

    /** With defaults, a public constructor has a twin that takes one more int, for which were given, and a marker. */
    @Test
    void constructorsHaveNoDefaultArguments() {
        Set<String> constructors =
                new HashSet<>(members(Artifact.CORE, line -> line.text().contains(" fun <init> (")));
        Set<String> plain = constructors.stream()
                .map(line -> line.replaceFirst(": .* fun", ": fun").replace(MARKER, ""))
                .collect(Collectors.toSet());
        List<String> places = constructors.stream()
                .filter(line -> line.contains("I" + MARKER))
                .map(line -> line.replaceFirst(": .* fun", ": fun").replace("I" + MARKER, ""))
                .filter(plain::contains)
                .toList();
        Broken.ifAny(places, "a default argument in a public constructor cannot grow: write a builder");
    }

    /** JSON aside, which core shows to all. */
    @Test
    void javaLayerShowsNoKotlin() {
        Broken.ifAny(
                members(
                        Artifact.JAVA,
                        line -> !line.isSynthetic()
                                && line.types().stream()
                                        .filter(type -> !type.startsWith("kotlinx/serialization/json/"))
                                        .anyMatch(type -> type.startsWith("kotlin/") || type.startsWith("kotlinx/"))),
                "Java callers should not meet Kotlin: take and give java.* or dev.tandem types, or make it package-private");
    }

    private static List<String> members(Artifact artifact, Predicate<ApiDump.Line> filter) {
        return ApiDump.lines(ApiDump.of(artifact)).stream()
                .filter(filter)
                .map(ApiDump.Line::toString)
                .toList();
    }
}
