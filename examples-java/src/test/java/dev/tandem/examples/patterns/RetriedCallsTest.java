package dev.tandem.examples.patterns;

import dev.tandem.examples.Printed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RetriedCallsTest {
    @Test
    @Timeout(30)
    void pausesGrowToTheLongest() throws Exception {
        Printed.by(RetriedCalls::run)
                .has(
                        "attempt 1: Retrying(after 100ms, ServerException",
                        "attempt 2: Retrying(after 200ms, ServerException",
                        "attempt 3: Retrying(after 300ms, ConnectionLostException",
                        "sync: At last.",
                        "the key is wrong (401), retryable: false",
                        "the model was asked 1 time(s)",
                        "a callable: read at attempt 3",
                        "failed after 3 attempts: java.io.IOException: never");
    }
}
