package dev.tandem.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says how an application gets newer coroutines than those of Spring Boot's choice. */
final class OldCoroutinesFailureAnalyzer extends AbstractFailureAnalyzer<OldCoroutinesException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, OldCoroutinesException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Set <kotlin-coroutines.version>1.11.0</kotlin-coroutines.version> in the properties of the pom (with "
                        + "Gradle, ext['kotlin-coroutines.version'] = '1.11.0'). Who imports spring-boot-dependencies "
                        + "imports kotlinx-coroutines-bom 1.11.0 before it.",
                cause);
    }
}
