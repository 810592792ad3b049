package dev.tandem.checks;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads class files for what is used, and import lines for what the compiler inlined away. */
class ArchitectureTest {
    private static final JavaClasses CORE = classesOf(Artifact.CORE);
    private static final JavaClasses JAVA = classesOf(Artifact.JAVA);
    private static final JavaClasses INTEGRATIONS = classesOf(
            Artifact.BATCH,
            Artifact.CONVERSATION,
            Artifact.JOURNAL,
            Artifact.JTOKKIT,
            Artifact.LLAMA,
            Artifact.MVSTORE,
            Artifact.ONNX_EMBEDDINGS,
            Artifact.REDIS,
            Artifact.RETRIEVAL,
            Artifact.WORKFLOW);
    private static final JavaClasses LISTENERS = classesOf(Artifact.MICROMETER, Artifact.OPENTELEMETRY, Artifact.SLF4J);
    private static final JavaClasses ALL = classesOf(Artifact.values());

    private static final Pattern DIALECT = Pattern.compile("provider\\.(?!http|json)(\\w+).*");
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile("^public .*\\b(?:class|interface|enum|record)\\b", Pattern.MULTILINE);

    @Test
    void everyRoomIsInTheTable() {
        List<String> places = CORE.stream()
                .map(type -> Rooms.of(type.getPackageName()))
                .filter(room -> !Rooms.isKnown(room))
                .toList();
        Broken.ifAny(places, "Rooms has no row for these; decide what they may import, and write it there");
    }

    @Test
    void arrowsPointDownOnly() {
        Broken.ifAny(
                uses(CORE, use -> !Rooms.mayImport(from(use), to(use))),
                "this arrow is not in Rooms: move the code up or the type down; draw a new arrow only if it is right for all");
    }

    @Test
    void importsPointDownOnly() {
        Set<String> packages = CORE.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
        List<String> places = Source.in("core/src/")
                .filter(Source::isMain)
                .flatMap(source -> source.imports()
                        .filter(Rooms::isOurs)
                        .map(name -> packageOf(name, packages))
                        .filter(used -> !Rooms.mayImport(Rooms.of(source.packageName()), Rooms.of(used)))
                        .map(used -> source.name() + " imports " + used))
                .toList();
        Broken.ifAny(places, "this arrow is not in Rooms, also when the compiler inlines what is imported");
    }

    @Test
    void noPackageCycles() {
        slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(ALL);
    }

    @Test
    void dialectsDoNotImportEachOther() {
        Broken.ifAny(
                uses(
                        CORE,
                        use -> !dialect(from(use)).isEmpty()
                                && !dialect(to(use)).isEmpty()
                                && !dialect(from(use)).equals(dialect(to(use)))),
                "what two dialects share belongs to provider");
    }

    /** Of a room and of the rooms within it; "" elsewhere. */
    private static String dialect(String room) {
        Matcher found = DIALECT.matcher(room);
        return found.matches() ? found.group(1) : "";
    }

    @Test
    void javaLayerUsesOnlyWhatIsPublic() {
        // Kotlin's internal is public to Java: its classes are missing in the dump, its members have the module's name.
        Set<String> promised = ApiDump.lines(ApiDump.of(Artifact.CORE)).stream()
                .map(line -> line.owner().replace('/', '.'))
                .collect(Collectors.toSet());
        Set<String> core = CORE.stream().map(JavaClass::getName).collect(Collectors.toSet());
        Broken.ifAny(
                uses(
                        JAVA,
                        use -> core.contains(use.getTargetClass().getName())
                                && (!promised.contains(use.getTargetClass().getName())
                                        || use.getDescription().contains("$tandem_core("))),
                "internal parts of core: make public what Java needs, or leave it alone");
    }

    /** And what core itself shows of other libraries: JSON, and the one type of Ktor that a builder passes on. */
    @Test
    void javaLayerNeedsOnlyCoreAndCoroutines() {
        Broken.ifAny(
                foreign(
                        JAVA,
                        "java.",
                        "dev.tandem.",
                        "kotlin.",
                        "kotlinx.coroutines.",
                        "kotlinx.serialization.json.",
                        "org.reactivestreams.",
                        "org.jspecify.",
                        "io.ktor.client.engine.HttpClientEngine"),
                "the Java layer is a view of core: what needs another library is done in core or in integrations");
    }

    /** JSON aside, which core shows to all. Read from imports: a lambda that a public class hands to a bridge has a Continuation too, without naming it. */
    @Test
    void onlyBridgesImportKotlin() {
        List<String> places = Source.in("java-interop/src/")
                .filter(Source::isMain)
                .filter(source -> Pattern.compile("(?<![\\w.])kotlinx?\\.(?!serialization\\.json\\.)[a-z]")
                        .matcher(source.code())
                        .find())
                .filter(source -> PUBLIC_TYPE.matcher(source.code()).find())
                .map(Source::name)
                .toList();
        Broken.ifAny(
                places, "public classes of the Java layer do not know Kotlin: leave it to a package-private bridge");
    }

    @Test
    void integrationsDependOnCoreOnly() {
        Broken.ifAny(
                uses(
                        INTEGRATIONS,
                        use -> !Rooms.isWithin(to(use), from(use)) && !Rooms.FOR_INTEGRATIONS.contains(to(use))),
                "an integration uses " + Rooms.FOR_INTEGRATIONS
                        + " of core, not other integrations and not the Java layer");
    }

    /** Those who write jobs for clusters, or applications of Spring, write Java, so it is the Java layer that they are given. */
    @Test
    void frameworksHaveTheJavaLayerToo() {
        Broken.ifAny(
                uses(
                        classesOf(Artifact.FLINK, Artifact.SPRING_BOOT),
                        use -> !Rooms.isWithin(to(use), from(use)) && !Rooms.mayFrameworkImport(from(use), to(use))),
                "what runs in a framework uses the Java layer and " + Rooms.FOR_INTEGRATIONS
                        + " of core, and not another integration");
    }

    @Test
    void keepersOfStepsKnowNothingOfGraphs() {
        List<String> places =
                uses(classesOf(Artifact.RESTATE, Artifact.TEMPORAL), use -> !Rooms.mayKeeperImport(from(use), to(use)));
        Broken.ifAny(places, "what keeps steps uses workflow.durable and workflow.replay only");
    }

    @Test
    void listenersHearAndDoNothingElse() {
        Broken.ifAny(
                uses(LISTENERS, use -> !to(use).equals(from(use)) && !Rooms.FOR_LISTENERS.contains(to(use))),
                "what listens to calls uses " + Rooms.FOR_LISTENERS + " of core, and not another integration");
    }

    @Test
    void enginesKnowOnlyHowTheyAreFound() {
        Broken.ifAny(
                uses(
                        classesOf(Artifact.ENGINE_HTTPCORE),
                        use -> !to(use).startsWith("engine.") && !Rooms.FOR_ENGINES.contains(to(use))),
                "an engine is Ktor's, and could be without us: it uses " + Rooms.FOR_ENGINES + " of core");
    }

    @Test
    void testingUsesWhatUsersCould() {
        Broken.ifAny(
                uses(classesOf(Artifact.TESTING), use -> !Rooms.mayTestingImport(to(use))),
                "tandem-testing is compiled into core's tests too, and for users: it takes what they could");
    }

    private static List<String> uses(JavaClasses classes, Predicate<Dependency> isWrong) {
        return classes.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(use -> Rooms.isOurs(use.getTargetClass().getPackageName()))
                .filter(isWrong)
                .map(Dependency::getDescription)
                .toList();
    }

    private static List<String> foreign(JavaClasses classes, String... allowed) {
        return classes.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(use -> !use.getTargetClass().getBaseComponentType().isPrimitive())
                .filter(use -> Stream.of(allowed)
                        .noneMatch(use.getTargetClass().getBaseComponentType().getName()::startsWith))
                .map(Dependency::getDescription)
                .toList();
    }

    private static String from(Dependency use) {
        return Rooms.of(use.getOriginClass().getPackageName());
    }

    private static String to(Dependency use) {
        return Rooms.of(use.getTargetClass().getPackageName());
    }

    /** An import names a class, a nested one or a function: the package is what exists. */
    private static String packageOf(String imported, Set<String> packages) {
        String name = imported;
        while (name.contains(".") && !packages.contains(name)) {
            name = name.substring(0, name.lastIndexOf('.'));
        }
        return name;
    }

    private static JavaClasses classesOf(Artifact... artifacts) {
        return new ClassFileImporter()
                .importPaths(Arrays.stream(artifacts).map(Artifact::classes).toList());
    }

    private static final class ByPackage implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return Rooms.isOurs(type.getPackageName())
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages of ours";
        }
    }
}
