package dev.tandem.examples.patterns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.examples.Printed;
import dev.tandem.testing.script.Faults;
import dev.tandem.testing.script.ScriptedModel;
import dev.tandem.testing.script.ScriptedReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ManyRequestsTest {
    /** But for the blank one, which is never sent. */
    private static final int SENT = ManyRequests.PROMPTS.size() - 1;

    @Test
    @Timeout(30)
    void allAreUnderWayAtOnce() throws Exception {
        Together together = new Together(SENT);
        ScriptedModel model = ScriptedModel.answering(request -> {
            String prompt = request.getMessages().get(0).getText();
            return together.passed(
                    prompt.contains("nobody")
                            ? ScriptedReply.failure(Faults::contentFiltered)
                            : ScriptedReply.text("Said: " + prompt));
        });
        Printed.by(out -> ManyRequests.run(model, out))
                .has(
                        "0 'Say apple': Said: Say apple\n  1 'Say river': Said: Say river\n  2 'Say what nobody may hear': failed: ",
                        "ContentFilteredException",
                        "3 '': failed: java.lang.IllegalArgumentException: prompt must not be blank",
                        "5 'Say slowly': Said: Say slowly",
                        "sync: ",
                        "async: ");
        assertEquals(2 * SENT, model.getRequests().size());
    }
}
