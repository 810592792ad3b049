package dev.tandem.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

/** What ends the start says which property it is, what is wrong, and what to do. */
class BadPropertiesTest {
    private static final List<String> SOUND =
            List.of("tandem.provider=openai", "tandem.api-key=" + Contexts.KEY, "tandem.model=fake-1");

    static Stream<Arguments> bad() {
        return Stream.of(
                arguments("tandem.provider=", List.of("tandem.provider: is not set", "anthropic", "compatible")),
                arguments("tandem.provider=opnai", List.of("tandem.provider: there is no provider 'opnai'", "openai")),
                arguments(
                        "tandem.provider=compatible",
                        List.of("tandem.base-url: is not set", "http://localhost:8080/v1")),
                arguments("tandem.provider=azure", List.of("tandem.base-url: is not set", "AZURE_OPENAI_ENDPOINT")),
                arguments(
                        "tandem.api-key=",
                        List.of("tandem.api-key: is not set", "OPENAI_API_KEY", "Set tandem.api-key")),
                arguments(
                        "tandem.api-key=sk- blank",
                        List.of("tandem.api-key: the API key (9 characters)", "copied whole")),
                arguments(
                        "tandem.base-url=localhost",
                        List.of("tandem.base-url: ", "'localhost'", "http://host:port/v1")),
                arguments("tandem.model= ", List.of("tandem.model: ", "must not be blank")),
                arguments("tandem.embedding-model= ", List.of("tandem.embedding-model: ", "must not be blank")),
                arguments(
                        "tandem.options.temperature=3", List.of("tandem.options.temperature: ", "3.0", "0.0 and 2.0")),
                arguments("tandem.options.top-p=2", List.of("tandem.options.top-p: ", "2.0", "0.0 and 1.0")),
                arguments("tandem.options.max-tokens=0", List.of("tandem.options.max-tokens: ", "at least 1", "is 0")),
                arguments("tandem.timeouts.idle=0s", List.of("tandem.timeouts.idle: ", "must be positive", "0s")),
                arguments("tandem.timeouts.total=200000000000d", List.of("tandem.timeouts.total: ", "too long")),
                arguments("tandem.retry.max-attempts=0", List.of("tandem.retry.max-attempts: ", "at least 1", "is 0")),
                arguments("tandem.retry.first-pause=-1s", List.of("tandem.retry.first-pause: ", "-1s")),
                arguments(
                        "tandem.rate-limit.requests-per-minute=0",
                        List.of("tandem.rate-limit.requests-per-minute: ", "is 0")),
                arguments(
                        "tandem.rate-limit.tokens-per-minute=-1",
                        List.of("tandem.rate-limit.tokens-per-minute: ", "is -1")),
                arguments("tandem.concurrency.at-most=0", List.of("tandem.concurrency.at-most: ", "is 0")),
                arguments(
                        "tandem.concurrency.adaptive=true",
                        List.of("tandem.concurrency.adaptive: ", "Set tandem.concurrency.at-most")),
                arguments("tandem.circuit-breaker.failures=0", List.of("tandem.circuit-breaker.failures: ", "is 0")),
                arguments(
                        "tandem.circuit-breaker.pause=1s",
                        List.of("tandem.circuit-breaker.pause: ", "Set tandem.circuit-breaker.failures")),
                arguments("tandem.cache.max-entries=0", List.of("tandem.cache.max-entries: ", "is 0")),
                arguments("tandem.cache.ttl=1h", List.of("tandem.cache.ttl: ", "Set tandem.cache.max-entries")),
                arguments("tandem.budget.usd=0", List.of("tandem.budget.usd: ", "0.0")),
                arguments("tandem.budget.tokens=0", List.of("tandem.budget.tokens: ", "has 0")),
                // In Spring's own words.
                arguments("tandem.retry.max-attempts=many", List.of("tandem.retry.max-attempts", "many")),
                arguments("tandem.timeouts.idle=soon", List.of("tandem.timeouts.idle", "soon")),
                arguments("tandem.retri.max-attempts=1", List.of("tandem.retri.max-attempts")));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void endTheStart(String property, List<String> said) {
        String words = words(property);
        assertThat(words).contains(said);
        assertThat(words).doesNotContain(Contexts.KEY);
    }

    @Test
    void areFoundWhereTheyAre() {
        assertThat(words("tandem.options.temperature=3")).contains("Origin: ");
    }

    @Test
    void aPasswordInTheAddressIsNotShown() {
        assertThat(words("tandem.base-url=http://me:hush@localhost/v1"))
                .contains("tandem.base-url: ")
                .doesNotContain("hush");
    }

    /** As Spring Boot would print it. */
    private static String words(String property) {
        AtomicReference<ConfigurableApplicationContext> started = new AtomicReference<>();
        StringBuilder words = new StringBuilder();
        Contexts.plain()
                .withInitializer(started::set)
                .withPropertyValues(SOUND.toArray(String[]::new))
                .withPropertyValues(property)
                .run(context -> {
                    Throwable failure = Objects.requireNonNull(context.getStartupFailure());
                    assertThat(traceOf(failure)).doesNotContain(Contexts.KEY);
                    words.append(Words.of(failure, Objects.requireNonNull(started.get())));
                });
        return words.toString();
    }

    private static String traceOf(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
