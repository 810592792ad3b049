package dev.tandem.examples.patterns;

import dev.tandem.examples.Printed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class StreamingTest {
    @Test
    @Timeout(30)
    void nothingEndsWithoutAWord() throws Exception {
        Printed.by(Streaming::run)
                .has(
                        "Once there was a socket that nobody closed.\nall of it after ",
                        "nobody closed. (async)",
                        "nobody closed. (reactive)",
                        "refused: UnauthorizedException, status 401",
                        "Once there was… broke off, and here is what had come: Once there was");
    }
}
