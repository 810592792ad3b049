# shellcheck shell=bash
# The gates of the build, each with a small fault that only it is there to catch. Read by bite.sh.

core=core/src/commonMain/kotlin/dev/tandem
jvm=core/src/jvmMain/kotlin/dev/tandem
java=java-interop/src/main/java/dev/tandem/interop

# --- Compilers, formatters and build plugins: name, Maven arguments, what the log must say. One build each. ---

builds=(
    "kotlin_warning|compile -pl core -Dspotless.check.skip|Planted.kt.*unused"
    "explicit_api|compile -pl core -Dspotless.check.skip|Planted.kt.*[Vv]isibility must be specified"
    "jdk_release|compile -pl core -Dspotless.check.skip|Planted.kt.*[Uu]nresolved reference"
    "ktlint|spotless:check -pl core|Planted.kt"
    "palantir|spotless:check -pl java-interop|Planted.java"
    "java_warning|compile -pl java-interop -am -Dspotless.check.skip|Planted.java.*warnings found and -Werror"
    "error_prone|compile -pl java-interop -am -Dspotless.check.skip|Planted.java.*\[SelfAssignment\]"
    "null_away|compile -pl java-interop -am -Dspotless.check.skip|Planted.java.*\[NullAway\]"
    "android_core|process-classes -pl core -Dspotless.check.skip|Planted.*Undefined reference"
    "android_java|package -pl java-interop -am -DskipTests -Dspotless.check.skip|Planted.*Undefined reference"
    "dex|verify -pl checks/android -am -Pandroid -DskipTests -Dspotless.check.skip|the dex lacks"
    "shrunk|verify -pl checks/android -am -Pandroid -DskipTests -Dspotless.check.skip|FAILURE.*ShrunkSpec"
    "reachability|verify -pl checks -am -Dtest=ReachabilityTest -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip|Planted.planted "
    "peers|verify -pl checks/peers -am -Ppeers -DskipTests -Dspotless.check.skip|missing role for choice 0"
    "parity|verify -pl java-interop -am -Dtest=ParityTest -DfailIfNoTests=false -Dsurefire.failIfNoSpecifiedTests=false -Dspotless.check.skip|ReactiveClient.planted"
    "enforcer|validate -pl core|BanDuplicatePomDependencyVersions"
)

plant_kotlin_warning() {
    kotlin $core/Planted.kt 'internal fun planted() {' '    val idle = 1' '}'
}
plant_explicit_api() {
    kotlin $core/Planted.kt 'fun planted() {' '}'
}
plant_jdk_release() { # HexFormat came with JDK 17
    kotlin $jvm/Planted.kt 'internal fun planted(): Any = java.util.HexFormat.of()'
}
plant_ktlint() {
    kotlin $core/Planted.kt 'internal   fun planted( ) = 1'
}
plant_palantir() {
    java $java/Planted.java 'final class Planted { int  one( ) { return 1; } }'
}
plant_java_warning() {
    java $java/Planted.java 'final class Planted {' '    final java.util.List raw = new java.util.ArrayList<String>();' '}'
}
plant_error_prone() {
    java $java/Planted.java 'final class Planted {' '    int one;' '    void same() {' '        this.one = this.one;' '    }' '}'
}
plant_null_away() {
    java $java/Planted.java 'final class Planted {' '    Object nothing() {' '        return null;' '    }' '}'
}
plant_android_core() { # requireNonNullElse came with API 30
    kotlin $jvm/Planted.kt 'internal fun planted(): String = java.util.Objects.requireNonNullElse("", "")'
}
plant_android_java() { # String.isBlank came with JDK 11
    java $java/Planted.java 'final class Planted {' '    boolean empty(String text) {' '        return text.isBlank();' '    }' '}'
}
plant_dex() { # R8 then drops all that nobody calls
    change checks/android/keep.pro '/^-keep class/d'
}
plant_shrunk() { # R8 then takes the tools of the Java layer for dead
    change java-interop/src/main/resources/META-INF/proguard/tandem-java.pro '/^-keepclassmembers/,/^}/d'
}
plant_reachability() {
    java $java/Planted.java 'final class Planted {' '    Class<?> planted() throws ClassNotFoundException {' \
        '        return Class.forName("java.lang.Object");' '    }' '}'
}
plant_peers() { # our fake server forgets what the official client needs
    change integrations/testing/src/main/kotlin/dev/tandem/testing/OpenAiReplies.kt 's/"role":"assistant","content":""//'
}
plant_parity() { # an operation that no view has
    change $core/AiClient.kt 's|^    public fun stats|    public suspend fun planted(): String = generate("x")\n\n&|'
}
plant_enforcer() {
    local twice='<dependency><groupId>org.jetbrains.kotlin</groupId><artifactId>kotlin-stdlib</artifactId></dependency>'
    change core/pom.xml "s|<dependencies>|<dependencies>$twice|"
}

# --- Tests of this module: name, test, what its message must name. One build for all of them. ---

tests=(
    "public_api|PublicApiTest.publicApiIsTheOneOnFile|PlantedData"
    "foreign_types|PublicTypesTest.foreignTypesStayInside|PlantedOkio"
    "value_classes|PublicTypesTest.javaSeesNoValueClasses|PlantedDuration"
    "data_class|PublicTypesTest.coreHasNoPublicDataClass|PlantedData"
    "default_arguments|PublicTypesTest.constructorsHaveNoDefaultArguments|PlantedDefault"
    "kotlin_in_java|PublicTypesTest.javaLayerShowsNoKotlin|PlantedKotlin"
    "unknown_room|ArchitectureTest.everyRoomIsInTheTable|attic"
    "arrows|ArchitectureTest.arrowsPointDownOnly|PlantedArrow"
    "imports|ArchitectureTest.importsPointDownOnly|PlantedConst"
    "cycles|ArchitectureTest.noPackageCycles|PlantedArrow"
    "dialects|ArchitectureTest.dialectsDoNotImportEachOther|PlantedDialect"
    "internals|ArchitectureTest.javaLayerUsesOnlyWhatIsPublic|PlantedInternal"
    "java_libraries|ArchitectureTest.javaLayerNeedsOnlyCoreAndCoroutines|PlantedLibrary"
    "bridges|ArchitectureTest.onlyBridgesImportKotlin|PlantedKotlin"
    "integrations|ArchitectureTest.integrationsDependOnCoreOnly|PlantedIntegration"
    "testing|ArchitectureTest.testingUsesWhatUsersCould|PlantedTesting"
    "wire_rows|ConformanceTest.everyRowIsInATableOrATest|S99 planted"
    "common_jvm|CommonSourcesTest.commonMainNeedsNoJvm|PlantedJvm"
    "common_imports|CommonSourcesTest.commonMainImportsCommonLibraries|PlantedJvm"
    "star_imports|CommonSourcesTest.noStarImports|PlantedStar"
    "unbound|CommonSourcesTest.coreStartsNothingUnbound|PlantedGlobal"
    "sleep|CommonSourcesTest.nobodySleeps|PlantedSleep"
    "long_file|CommonSourcesTest.filesAreShort|PlantedLong"
    "core_size|SizeBudgetTest.coreIsSmall|core jar is over budget"
    "closure_size|SizeBudgetTest.closureIsSmall|closure is over budget"
    "reflection|SizeBudgetTest.closureHasNoReflectionLibraries|kotlin-reflect"
    "bytecode|SizeBudgetTest.bytecodeIsForJava11|Planted.*: 56"
    "readme_length|DocsTest.readmeIsShort|README.md has"
    "readme_ci|DocsTest.readmeShowsWhatCiRuns|planted command"
    "machine_paths|DocsTest.filesFitEveryMachine|planted.txt"
    "recipes|RecipesTest.pagesShowWhatRuns|ai.planted"
    "comments|CommentsTest.everythingPublicHasAComment|PlantedSilent.planted"
    "empty_comments|CommentsTest.commentsSayMoreThanNames|PlantedEcho"
    "overlooked_api|CommentsTest.nothingPublicIsOverlooked|PlantedLost"
    "example_keys|ExamplesTest.eachSaysHowAKeyIsUsed|QuickStart.java"
    "kotlin_recipes|RecipesTest.soDoTheirKotlinBlocks|chat.planted"
)

plant_public_api() { plant_data_class; }
plant_foreign_types() {
    kotlin $core/PlantedOkio.kt 'public class PlantedOkio(public val buffer: okio.Buffer)'
}
plant_value_classes() {
    kotlin $core/PlantedDuration.kt 'public class PlantedDuration {' '    public fun pause(time: kotlin.time.Duration): String = time.toString()' '}'
}
plant_data_class() {
    kotlin $core/PlantedData.kt 'public data class PlantedData(public val one: Int)'
}
plant_default_arguments() {
    kotlin $core/PlantedDefault.kt 'public class PlantedDefault(public val one: Int = 1)'
}
plant_kotlin_in_java() {
    java $java/PlantedKotlin.java 'import kotlin.coroutines.Continuation;' 'public interface PlantedKotlin {' '    void resume(Continuation<String> next);' '}'
}
plant_unknown_room() {
    kotlin $core/attic/PlantedRoom.kt 'internal object PlantedRoom'
}
plant_arrows() {
    kotlin $core/model/PlantedArrow.kt 'internal fun planted(client: dev.tandem.AiClient): String = client.version()'
}
plant_imports() {
    kotlin $core/PlantedConst.kt 'internal const val PLANTED = 1'
    kotlin $core/error/PlantedConstUser.kt 'import dev.tandem.PLANTED' 'internal fun planted(): Int = PLANTED'
}
plant_cycles() { plant_arrows; }
plant_dialects() {
    kotlin $core/provider/planted/PlantedDialect.kt 'internal fun planted(): Any = dev.tandem.provider.openai.OpenAi("key")'
}
plant_internals() {
    kotlin $core/PlantedHidden.kt 'internal class PlantedHidden'
    java $java/PlantedInternal.java 'final class PlantedInternal {' '    final Object hidden = new dev.tandem.PlantedHidden();' '}'
}
plant_java_libraries() {
    java $java/PlantedLibrary.java 'final class PlantedLibrary {' '    final Object buffer = new okio.Buffer();' '}'
}
plant_bridges() { plant_kotlin_in_java; }
plant_integrations() {
    kotlin integrations/llama/src/main/kotlin/dev/tandem/llama/PlantedIntegration.kt \
        'public fun planted(report: dev.tandem.platform.HealthReport): String = report.toString()'
}
plant_testing() {
    kotlin integrations/testing/src/main/kotlin/dev/tandem/testing/PlantedTesting.kt \
        'public fun planted(report: dev.tandem.platform.HealthReport): String = report.toString()'
}
plant_wire_rows() {
    echo 'S99 planted' >>checks/src/test/resources/wire-rows.txt
}
plant_common_jvm() {
    kotlin $core/PlantedJvm.kt 'import java.util.UUID' 'internal fun plantedJvm(): String = UUID.randomUUID().toString()'
}
plant_common_imports() { plant_common_jvm; }
plant_star_imports() {
    java $java/PlantedStar.java 'import java.util.*;' 'final class PlantedStar {' '    final List<String> none = new ArrayList<>();' '}'
}
plant_unbound() {
    kotlin $core/PlantedGlobal.kt 'internal fun plantedGlobal(): String = kotlinx.coroutines.runBlocking { "" }'
}
plant_sleep() {
    java $java/PlantedSleep.java 'final class PlantedSleep {' '    void rest() throws InterruptedException {' '        Thread.sleep(1);' '    }' '}'
}
plant_long_file() {
    kotlin $core/PlantedLong.kt "$(printf '// %s\n' {1..251})" 'internal object PlantedLong'
}
plant_core_size() {
    mkdir -p core/src/main/resources && head -c 2000000 /dev/urandom >core/src/main/resources/planted.bin
}
plant_closure_size() { plant_core_size; }
plant_reflection() { # Kotest brings kotlin-reflect
    change core/pom.xml '/kotest-assertions-core-jvm/s|<scope>test</scope>||'
}
plant_bytecode() {
    change java-interop/pom.xml 's|<properties>|<properties><maven.compiler.release>12</maven.compiler.release>|'
    java $java/PlantedBytecode.java 'final class PlantedBytecode {}'
}
plant_readme_length() {
    yes 'A long story.' | head -n 200 >>README.md
}
plant_readme_ci() {
    printf '```sh\none\n```\n```sh\nplanted command\n```\n' | cat - README.md >README.new && mv README.new README.md
    echo 'mvn verify' >.ci/run
}
plant_machine_paths() {
    mkdir -p docs && printf 'see "/%s/notes"\n' root >docs/planted.txt
}
plant_recipes() {
    printf '%s\n' '```java' 'ai.planted();' '```' >>docs/from-graphbit.md
}
plant_comments() {
    kotlin $core/PlantedSilent.kt '/** Says something. */' 'public class PlantedSilent {' '    public fun planted(): Int = 1' '}'
}
plant_empty_comments() {
    java $java/PlantedEcho.java '/** The planted echo. */' 'public final class PlantedEcho {}'
}
plant_overlooked_api() { # as if it were declared in a way that nobody reads
    printf '%s\n' 'public final class dev/tandem/PlantedLost {' '}' '' >>core/api/core.api
}
plant_example_keys() {
    change examples-java/src/main/java/dev/tandem/examples/QuickStart.java '/^\/\*\*/s/OPENAI_API_KEY/a key/'
}
plant_kotlin_recipes() {
    printf '%s\n' '```kotlin' 'chat.planted()' '```' >>docs/android.md
}

# --- How faults are planted ---

kotlin() { # file, lines: with its package, from its folder
    local file=$1 package
    shift
    package=$(dirname "$file" | sed 's|.*/kotlin/||; s|/|.|g')
    mkdir -p "$(dirname "$file")" && printf '%s\n' "package $package" '' "$@" >"$file"
}
java() {
    local file=$1
    shift
    printf '%s\n' 'package dev.tandem.interop;' '' "$@" >"$file"
}
change() { # file, sed script: must change something
    cp "$1" "$1.before" && sed -i "$2" "$1"
    cmp -s "$1" "$1.before" && echo "nothing to change in $1: the plant is out of date" >&2
    rm "$1.before"
}
