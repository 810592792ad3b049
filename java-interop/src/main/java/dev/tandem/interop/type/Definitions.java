package dev.tandem.interop.type;

import dev.tandem.schema.Schema;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import kotlinx.serialization.json.JsonObject;

/** What a schema says once and refers to: types that occur twice, and so all that contain themselves. */
final class Definitions {
    private final Map<Shape, String> names = new HashMap<>();
    private final Map<String, JsonObject> bodies = new LinkedHashMap<>();

    JsonObject reference(Shape shape, String wish, Supplier<JsonObject> body) {
        String name = names.get(shape);
        if (name == null) {
            name = wish;
            for (int i = 2; bodies.containsKey(name); i++) name = wish + "_" + i;
            names.put(shape, name);
            // Taken from now on: the body may refer to itself.
            bodies.put(name, Schema.objectOf().build());
            bodies.put(name, body.get());
        }
        return Schema.reference(name);
    }

    JsonObject in(JsonObject schema) {
        return Schema.withDefinitions(schema, bodies);
    }
}
