package dev.tandem.examples.patterns;

import dev.tandem.examples.Printed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CachedAnswersTest {
    @Test
    @Timeout(30)
    void asksOnce() throws Exception {
        Printed.by(CachedAnswers::run)
                .has(
                        "the first time: Paris. cached: false",
                        "sync, again: Paris. cached: true",
                        "async, again: Paris. cached: true",
                        "another temperature: Paris. cached: false",
                        "50 at the same time: the model was asked 1 time(s)",
                        "CacheFailed(",
                        "without its cache: Paris. cached: false");
    }
}
