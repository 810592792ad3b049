package dev.tandem.examples.patterns;

import dev.tandem.examples.Printed;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RateLimitedBatchTest {
    @Test
    @Timeout(30)
    void goesNoFasterThanItMay() throws Exception {
        Printed printed = Printed.by(RateLimitedBatch::run);
        printed.has("the model was asked 3 times", "one place, in the order of [first, second, first]");
        printed.has(Pattern.compile("3 requests per minute, \\d calls before it"));
        printed.has(Pattern.compile("(?s)async.*Said\\..*500 requests and 100 tokens per minute"));
        printed.has("a 429 that asked for 400 ms: Said. after ");
    }
}
