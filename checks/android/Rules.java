import com.android.tools.r8.ExtractR8Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the rules that Android's build tools find in the jars of an app. Jar by jar, not out of all in one: where a jar has
 * {@code META-INF/com.android.tools}, its {@code META-INF/proguard} is for others.
 */
class Rules {
    public static void main(String[] arguments) throws Exception {
        Stream<String> options = Stream.of("--compiler-version", arguments[0], "--rules-output", arguments[1]);
        ExtractR8Rules.main(Stream.concat(options, jars(arguments[2]).stream()).toArray(String[]::new));
    }

    private static List<String> jars(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.map(Path::toString).filter(name -> name.endsWith(".jar")).sorted().toList();
        }
    }
}
