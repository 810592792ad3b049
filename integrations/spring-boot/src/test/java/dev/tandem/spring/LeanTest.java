package dev.tandem.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Web servers, actuator and Micrometer are for those who have them, and coroutines that are new enough for all. */
class LeanTest {
    private static final Pattern EXTRA =
            Pattern.compile("(spring-boot-(?!autoconfigure|[0-9])|spring-web|spring-test|reactor-|netty-"
                    + "|jackson-|jakarta|micrometer-core|micrometer-jakarta|tandem-micrometer).*");

    private static final Pattern CLASS_PATH = Pattern.compile(File.pathSeparator, Pattern.LITERAL);

    private static final Pattern COROUTINES = Pattern.compile("kotlinx-coroutines-core-jvm-.*");
    private static final Path OLD = Path.of("target", "old", "kotlinx-coroutines-core-jvm-1.10.2.jar");

    @Test
    void theStarterIsEnough() throws Exception {
        try (FakeServer server = FakeServer.start()) {
            server.enqueue(OpenAiReplies.chat("It is well"));
            assertThat(run("ask", lean(EXTRA), Contexts.properties(server))).isEqualTo("It is well");
        }
    }

    /** As under a parent that chooses for itself. */
    @Test
    void coroutinesThatAreTooOldEndTheStart() throws Exception {
        List<URL> classPath = new ArrayList<>(lean(COROUTINES));
        classPath.add(OLD.toUri().toURL());
        try (FakeServer server = FakeServer.start()) {
            assertThat(run("whyNot", classPath, Contexts.properties(server)))
                    .contains("kotlinx-coroutines-core-jvm-1.10.2.jar are older than 1.11.0")
                    .contains("<kotlin-coroutines.version>1.11.0</kotlin-coroutines.version>");
        }
    }

    private static String run(String method, List<URL> classPath, String... properties) throws Exception {
        // Not closed: threads that end with the client still load classes.
        ClassLoader lean = new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        Method run = lean.loadClass(Lean.class.getName()).getDeclaredMethod(method, String[].class);
        run.setAccessible(true);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(lean);
        try {
            return (String) run.invoke(null, (Object) properties);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** The class path without {@code extra}. */
    private static List<URL> lean(Pattern extra) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        boolean hasExtra = false;
        for (String entry : CLASS_PATH.split(System.getProperty("java.class.path"), 0)) {
            boolean isExtra =
                    extra.matcher(Path.of(entry).getFileName().toString()).matches()
                            || Path.of(entry).endsWith(Path.of("micrometer", "target", "classes"));
            hasExtra |= isExtra;
            if (!isExtra) urls.add(Path.of(entry).toUri().toURL());
        }
        assertThat(hasExtra).as("the class path has what is to be left out").isTrue();
        return urls;
    }
}
