package dev.tandem.interop.type;

import dev.tandem.schema.Schema;
import kotlinx.serialization.json.JsonObject;

/** An object, or a choice of objects: what may occur twice, and within itself. */
abstract class Referable extends Shape {
    final JavaType type;

    /** How many places it has. */
    int uses;

    Referable(JavaType type) {
        this.type = type;
    }

    abstract JsonObject body(Definitions definitions);

    @Override
    JsonObject schema(Definitions definitions) {
        return uses > 1 ? definitions.reference(this, type.plainName(), () -> whole(definitions)) : whole(definitions);
    }

    JsonObject whole(Definitions definitions) {
        return Schema.described(body(definitions), Marks.of(type.raw).description());
    }
}
