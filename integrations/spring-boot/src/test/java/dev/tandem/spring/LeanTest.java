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

/** Web servers, actuator and Micrometer are for those who have them. */
class LeanTest {
    private static final Pattern EXTRA =
            Pattern.compile("(spring-boot-(?!autoconfigure|[0-9])|spring-web|spring-test|reactor-|netty-"
                    + "|jackson-|jakarta|micrometer-core|micrometer-jakarta|tandem-micrometer).*");

    private static final Pattern CLASS_PATH = Pattern.compile(File.pathSeparator, Pattern.LITERAL);

    @Test
    void theStarterIsEnough() throws Exception {
        // Not closed: threads that end with the client still load classes.
        ClassLoader lean = new URLClassLoader(lean(), ClassLoader.getPlatformClassLoader());
        try (FakeServer server = FakeServer.start()) {
            server.enqueue(OpenAiReplies.chat("It is well"));
            Method ask = lean.loadClass(Lean.class.getName()).getDeclaredMethod("ask", String[].class);
            ask.setAccessible(true);
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(lean);
            try {
                assertThat(ask.invoke(null, (Object) Contexts.properties(server)))
                        .isEqualTo("It is well");
            } finally {
                Thread.currentThread().setContextClassLoader(before);
            }
        }
    }

    private static URL[] lean() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        boolean hasExtra = false;
        for (String entry : CLASS_PATH.split(System.getProperty("java.class.path"), 0)) {
            boolean isExtra =
                    EXTRA.matcher(Path.of(entry).getFileName().toString()).matches()
                            || Path.of(entry).endsWith(Path.of("micrometer", "target", "classes"));
            hasExtra |= isExtra;
            if (!isExtra) urls.add(Path.of(entry).toUri().toURL());
        }
        assertThat(hasExtra).as("the class path has what is to be left out").isTrue();
        return urls.toArray(URL[]::new);
    }
}
