package dev.tandem.examples.patterns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.examples.Printed;
import dev.tandem.testing.script.Faults;
import dev.tandem.testing.script.ScriptedModel;
import dev.tandem.testing.script.ScriptedReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SeveralServicesTest {
    @Test
    @Timeout(30)
    void allBranchesAreUnderWayAtOnce() throws Exception {
        Together together = new Together(3);
        ScriptedModel vectors = ScriptedModel.builder().build();
        ScriptedModel moods =
                ScriptedModel.answering(request -> together.passed(ScriptedReply.failure(Faults::contentFiltered)));
        ScriptedModel summaries =
                ScriptedModel.answering(request -> together.passed(ScriptedReply.text("Two people met.")));
        ScriptedModel entities =
                ScriptedModel.answering(request -> together.passed(ScriptedReply.text("{\"names\": [\"Ada\"]}")));
        Printed.by(out -> SeveralServices.run(new SeveralServices.Services(vectors, moods, summaries, entities), out))
                .has(
                        "Embedding(256 dimensions)",
                        "ContentFilteredException",
                        "Two people met.",
                        "Entities[names=[Ada]]",
                        "async: ",
                        "sync: ");
        assertEquals(2, vectors.getEmbeddingRequests().size());
        assertEquals(2, moods.getRequests().size());
    }
}
