package dev.tandem.examples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TelemetryTest {
    @Test
    @Timeout(30)
    void tellsWhatCallsDoAndCost() throws Exception {
        Printed.by(Telemetry::run)
                .has(
                        "attempt 1 failed, another one follows in 50 ms: ServerException, status 500",
                        "this call cost $0.0075",
                        "Stats(2 ok, 0 failed",
                        "3000 tokens in, 1000 out",
                        "greetings: Spending(",
                        "refused: ");
    }
}
