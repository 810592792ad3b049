package dev.tandem.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.error.ErrorDetails;
import dev.tandem.error.RateLimitedException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.functions.InvalidTypesException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.api.java.typeutils.TypeExtractor;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What travels, and lies in state. */
class TypesTest {
    private static final Review REVIEW = new Review(1, "Good!");

    @Test
    void allAreTypesThatFlinkKnows() throws Exception {
        TypeInformation<Answer<Review, String>> answers = TypeInformation.of(new TypeHint<>() {});
        assertEquals(Answer.type(TypeInformation.of(Review.class), Types.STRING), answers);
        assertTrue(answers instanceof PojoTypeInfo);
        Answer<Review, String> answer = new Answer<>(REVIEW, "glad");
        assertEquals(answer, copied(answer, answers));
        assertEquals("Answer(Review[id=1, text=Good!]: glad)", answer.toString());

        TypeInformation<Failure<Review>> failures = TypeInformation.of(new TypeHint<>() {});
        assertEquals(Failure.type(TypeInformation.of(Review.class)), failures);
        for (CallError error : new CallError[] {refused(), CallError.late(), CallError.of(new IOException())}) {
            Failure<Review> failure = new Failure<>(REVIEW, error);
            assertEquals(failure, copied(failure, failures));
        }
        assertNotEquals(new Failure<>(REVIEW, refused()), new Failure<>(REVIEW, CallError.late()));
    }

    @Test
    void whatAnExceptionSaysIsKept() {
        CallError error = refused();
        assertEquals("RateLimitedException: too fast", error.toString());
        assertTrue(error.is(RateLimitedException.class));
        assertEquals(429, error.getStatus());
        assertEquals("slow", error.getCode());
        assertEquals("req-1", error.getRequestId());
        assertEquals(3, error.getAttempts());
        assertTrue(error.isRetryable());
        assertEquals("IOException", CallError.of(new IOException()).toString());
    }

    @Test
    void whatFlinkCannotSeeIsNamed() {
        String message = String.valueOf(
                assertThrows(InvalidTypesException.class, () -> TypeExtractor.createTypeInfo(Answer.class))
                        .getMessage());
        assertTrue(message.contains("Answer"), message);
    }

    @Test
    void keysOfContentDifferWhereTheContentDoes() {
        assertEquals(IdempotencyKey.ofContent("a", "b"), IdempotencyKey.ofContent("a", "b"));
        assertNotEquals(IdempotencyKey.ofContent("ab"), IdempotencyKey.ofContent("a", "b"));
        assertNotEquals(IdempotencyKey.ofContent("a", "bc"), IdempotencyKey.ofContent("ab", "c"));
        assertEquals(64, IdempotencyKey.ofContent("ä").length());
    }

    private static CallError refused() {
        ErrorDetails details = ErrorDetails.builder()
                .status(429)
                .code("slow")
                .requestId("req-1")
                .attempts(3)
                .build();
        return CallError.of(new CompletionException(new RateLimitedException("too fast", details)));
    }

    private static <V> V copied(V value, TypeInformation<V> type) throws IOException {
        SerializerConfigImpl strict = new SerializerConfigImpl();
        strict.setGenericTypes(false);
        TypeSerializer<V> serializer = type.createSerializer(strict);
        DataOutputSerializer out = new DataOutputSerializer(256);
        serializer.serialize(value, out);
        return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    }
}
