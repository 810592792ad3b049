package dev.tandem.jtokkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.accounting.TokenCounter;
import org.junit.jupiter.api.Test;

class JtokkitCounterFromJavaTest {
    @Test
    void countsAsTheModelDoes() {
        TokenCounter counter = new JtokkitCounter();
        assertEquals(2, counter.count("hello world", "gpt-4o-mini"));
        assertEquals(
                TokenCounter.ESTIMATE.count("hello world", "claude-sonnet-4-5"),
                counter.count("hello world", "claude-sonnet-4-5"));
    }

    @Test
    void leavesOthersToWhomItIsTold() {
        JtokkitCounter counter = new JtokkitCounter((text, model) -> text.length());
        assertEquals(11, counter.count("hello world", "my-model"));
        assertTrue(counter.knows("gpt-5"));
        assertFalse(counter.knows("my-model"));
        counter.load("gpt-5");
    }
}
