package dev.tandem.spring;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import kotlinx.coroutines.Job;

/** Coroutines in which functions are missing that Ktor is compiled for: without this, the first call would find out. */
final class OldCoroutinesException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final String VERSION = "/META-INF/kotlinx_coroutines_core.version";

    private OldCoroutinesException() {
        super("kotlinx-coroutines " + version()
                + " is on the class path. Tandem and Ktor need 1.11.0 or newer and bring "
                + "it, but the dependency management of Spring Boot puts its own choice in its place.");
    }

    static void throwIfSo() {
        try {
            Job.class.getMethod("cancel$default", Job.class, CancellationException.class, int.class, Object.class);
        } catch (NoSuchMethodException e) {
            throw new OldCoroutinesException();
        }
    }

    private static String version() {
        try (InputStream version = Job.class.getResourceAsStream(VERSION)) {
            return version == null
                    ? "before 1.11.0"
                    : new String(version.readAllBytes(), StandardCharsets.UTF_8).trim();
        } catch (IOException e) {
            return "before 1.11.0";
        }
    }
}
