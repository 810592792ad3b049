package dev.tandem.interop.type;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.harrel.jsonschema.FormatEvaluatorFactory;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.KotlinxJsonNode;
import dev.tandem.structured.AnswerType;
import java.util.List;
import java.util.stream.Collectors;
import kotlinx.serialization.json.JsonElement;
import org.junit.jupiter.api.function.Executable;

/** Short ways to read and to check. */
final class Json {
    private Json() {}

    static JsonElement exact(String text) {
        return kotlinx.serialization.json.Json.Default.parseToJsonElement(text);
    }

    static JsonElement json(String text) {
        return exact(text.replace('\'', '"'));
    }

    static <T> T read(AnswerType<T> type, String text) {
        return type.read(json(text));
    }

    static <T> T read(Class<T> type, String text) {
        return read(JavaTypes.of(type), text);
    }

    static String schemaOf(Class<?> type) {
        return JavaTypes.of(type).getSchema().toString().replace('"', '\'');
    }

    /** What somebody else's validator has to say against it. */
    static List<String> complaints(AnswerType<?> type, JsonElement instance) {
        return new ValidatorFactory()
                        .withEvaluatorFactory(new FormatEvaluatorFactory())
                        .withJsonNodeFactory(new KotlinxJsonNode.Factory())
                        .validate(type.getSchema().toString(), instance.toString())
                        .getErrors()
                        .stream()
                        .map(e -> e.getInstanceLocation() + " " + e.getError())
                        .collect(Collectors.toList());
    }

    static String refusal(Executable work) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, work).getMessage());
    }
}
