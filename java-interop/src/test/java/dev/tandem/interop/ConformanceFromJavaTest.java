package dev.tandem.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.Conformance;
import dev.tandem.testing.ConformanceReport;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.WireDialect;
import dev.tandem.testing.WireRow;
import dev.tandem.testing.WireTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tables and the report as Java sees them. */
class ConformanceFromJavaTest {
    @Test
    void aServerIsLookedAt() {
        try (FakeServer server = FakeServer.start()) {
            server.always(OpenAiReplies.chat("a"));
            ConformanceReport report = Conformance.of(WireDialect.OPENAI, server.getUrl(), "sk-test")
                    .live("fake-1");
            assertTrue(report.getResults().get(0).isIntact(), report::text);
        }
    }

    @Test
    void aRowCanBePlayedByHand() {
        WireRow row = WireTable.parse("mine", "== X99 mine\ncall chat\n< {\n= text a")
                .getRows()
                .get(0);
        assertEquals(List.of("= text a"), row.getExpected());
        assertEquals("X99 mine", row.toString());
        assertTrue(row.reply().getSize() > row.getBody().length);
    }
}
