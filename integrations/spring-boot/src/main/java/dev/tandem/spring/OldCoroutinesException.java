package dev.tandem.spring;

import java.security.CodeSource;
import kotlin.Unit;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.Job;

/** Coroutines in which functions are missing that Ktor is compiled for: without this, the first call would find out. */
final class OldCoroutinesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Without a cause: Spring Boot would explain that one, and not this. */
    private OldCoroutinesException() {
        super("The coroutines in " + place() + " are older than 1.11.0. Tandem and Ktor need that and bring it, but "
                + "the dependency management of Spring Boot has put its own choice in its place.");
    }

    static void throwIfSo() {
        try {
            // It has had this name since 1.11.0.
            BuildersKt.runBlockingK(EmptyCoroutineContext.INSTANCE, (scope, end) -> Unit.INSTANCE);
        } catch (NoSuchMethodError e) {
            throw new OldCoroutinesException();
        }
    }

    private static String place() {
        CodeSource source = Job.class.getProtectionDomain().getCodeSource();
        return source == null ? "the class path" : source.getLocation().toString();
    }
}
