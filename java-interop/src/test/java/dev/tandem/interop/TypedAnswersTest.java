package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.assertNotNullAnd;
import static dev.tandem.interop.Fixtures.failureOf;
import static dev.tandem.interop.Fixtures.get;
import static dev.tandem.interop.Fixtures.listOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tandem.error.StructuredOutputException;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.Options;
import dev.tandem.schema.Schema;
import dev.tandem.structured.AnswerType;
import dev.tandem.structured.Extracted;
import dev.tandem.structured.ObjectEvent;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import java.util.ArrayList;
import java.util.List;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonElementKt;
import kotlinx.serialization.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A type of one's own, as an answer in every style. */
class TypedAnswersTest {
    private static final String GOOD = "{\"age\":31}";
    private static final String WRONG = "{\"age\":\"old\"}";
    private static final AnswerType<Integer> AGE = new Age();

    @RegisterExtension
    final Scene scene = new Scene();

    private final FakeServer server = scene.server;
    private final JavaAiClient ai = scene.ai;
    private final ChatRequest request = ChatRequest.of("How old is Anna?");

    @Test
    void extract() throws Exception {
        server.always(OpenAiReplies.chat(GOOD));
        assertEquals(31, ai.blocking().<Integer>extract("How old?", AGE));
        assertEquals(31, ai.blocking().<Integer>extract("How old?", AGE, Options.NONE));
        assertEquals(31, ai.blocking().<Integer>extract(request, AGE));
        assertEquals(31, get(ai.async().extract("How old?", AGE)));
        assertEquals(31, get(ai.async().extract("How old?", AGE, Options.NONE)));
        assertEquals(31, get(ai.async().extract(request, AGE)));
        assertEquals(31, Collected.all(ai.reactive().extract("How old?", AGE)).first());
        assertEquals(
                31,
                Collected.all(ai.reactive().extract("How old?", AGE, Options.NONE))
                        .first());
        assertEquals(31, Collected.all(ai.reactive().extract(request, AGE)).first());
    }

    @Test
    void extractWholeTellsHowItCameAbout() throws Exception {
        server.enqueue(OpenAiReplies.chat(WRONG), OpenAiReplies.chat(GOOD), OpenAiReplies.chat(WRONG));
        server.always(OpenAiReplies.chat(GOOD));
        Extracted<Integer> blocking = ai.blocking().extractWhole(request, AGE);
        assertEquals(31, blocking.getValue());
        assertEquals(1, blocking.getRepairs());
        assertEquals(10, blocking.getResponse().getUsage().getTotalTokens());
        assertEquals(1, get(ai.async().extractWhole(request, AGE)).getRepairs());
        assertEquals(
                0,
                Collected.all(ai.reactive().extractWhole(request, AGE)).first().getRepairs());
    }

    @Test
    void anAnswerThatStaysWrongIsTheSameExceptionInEveryStyle() {
        server.always(OpenAiReplies.chat(WRONG));
        Options once = Options.builder().repairs(0).build();
        for (Throwable error : List.of(
                failureOf(() -> ai.blocking().<Integer>extract("How old?", AGE, once)),
                failureOf(() -> get(ai.async().extract("How old?", AGE, once))),
                failureOf(() -> Collected.all(ai.reactive().extract("How old?", AGE, once))
                        .toList()))) {
            StructuredOutputException wrong = assertInstanceOf(StructuredOutputException.class, error);
            assertEquals(WRONG, wrong.getText());
            assertEquals(List.of("$.age is \"old\", but must be a whole number"), wrong.getViolations());
        }
    }

    @Test
    void streamObject() throws Exception {
        server.always(OpenAiReplies.stream("{\"age\":3", "1}"));
        List<List<ObjectEvent<Integer>>> all = new ArrayList<>();
        try (BlockingStream<ObjectEvent<Integer>> stream = ai.blocking().streamObject("How old?", AGE)) {
            all.add(listOf(stream));
        }
        try (BlockingStream<ObjectEvent<Integer>> stream = ai.blocking().streamObject(request, AGE)) {
            all.add(listOf(stream));
        }
        List<ObjectEvent<Integer>> async = new ArrayList<>();
        get(ai.async().<Integer>streamObject("How old?", AGE, async::add));
        all.add(async);
        List<ObjectEvent<Integer>> more = new ArrayList<>();
        get(ai.async().<Integer>streamObject(request, AGE, more::add));
        all.add(more);
        all.add(Collected.all(ai.reactive().<Integer>streamObject("How old?", AGE))
                .toList());
        all.add(Collected.all(ai.reactive().<Integer>streamObject(request, AGE)).toList());
        for (List<ObjectEvent<Integer>> events : all) {
            assertEquals("{}", events.get(0).getJson().toString());
            assertNull(events.get(0).getValue());
            ObjectEvent<Integer> last = events.get(events.size() - 1);
            assertEquals(31, last.getValue());
            assertEquals(GOOD, assertNotNullAnd(last.getResponse()).getText());
        }
    }

    private static final class Age implements AnswerType<Integer> {
        @Override
        public String getName() {
            return "age";
        }

        @Override
        public JsonObject getSchema() {
            return Schema.objectOf().property("age", Schema.integer()).build();
        }

        @Override
        public Integer read(JsonElement json) {
            return JsonElementKt.getInt(JsonElementKt.getJsonPrimitive(
                    assertNotNullAnd(JsonElementKt.getJsonObject(json).get("age"))));
        }
    }
}
