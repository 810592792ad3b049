package dev.tandem.examples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FallbackAndHedgingTest {
    @Test
    @Timeout(15)
    void somebodyAnswers() throws Exception {
        Printed.by(FallbackAndHedging::run)
                .has(
                        "FellBack(from first to second, OverloadedException",
                        "CircuitChanged(first: OPEN)",
                        "once more: The second one says hello.",
                        "asked the first one 2 times, the second one 3 times",
                        "  Hedged",
                        "hedged: In time. after ");
    }
}
