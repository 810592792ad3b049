package dev.tandem.interop.type;

import dev.tandem.interop.annotation.Param;
import dev.tandem.schema.ObjectSchema;
import dev.tandem.schema.Schema;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonElementKt;
import kotlinx.serialization.json.JsonNull;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;
import org.jspecify.annotations.Nullable;

/** One named part of an object. */
final class Member {
    /** What is read where nothing is said of a property that is to stay as it is. */
    static final Object LEFT_ALONE = new Object();

    final String name;
    private final Shape shape;
    private final String description;
    private final boolean isOptional;

    /** What holds where nothing is said. */
    private final @Nullable JsonElement standard;

    /** Whether it may stay as the object has it by itself. */
    private final boolean isProperty;

    /** Whether that is something, told or not. */
    private final boolean isSet;

    /** {@code initial} is null for what is no property. */
    Member(String name, JavaType type, Shape shape, Marks marks, @Nullable Initial initial) {
        this.name = name;
        Param param = marks.find(Param.class);
        boolean isDemanded = param == null || param.required();
        JsonElement given =
                param == null || param.defaultValue().isEmpty() ? null : standard(shape, param.defaultValue());
        standard = given != null || initial == null ? given : initial.json;
        isProperty = initial != null && given == null;
        isSet = initial != null && given == null && initial.isSet;
        boolean isNullable = marks.isNullable() || (!isDemanded && standard == null && !isSet);
        if (isNullable && type.raw.isPrimitive() && !isProperty) {
            throw new IllegalArgumentException(
                    "it may be left out, but what holds then? Give it a defaultValue, or a class instead of " + type);
        }
        this.shape = isNullable && !type.raw.isPrimitive() ? shape.orNull() : shape;
        isOptional = this.shape.takesNull() || !isDemanded || standard != null || isSet;
        description = marks.description();
    }

    private static JsonElement standard(Shape shape, String written) {
        boolean isText = shape instanceof Scalar && ((Scalar) shape).isText();
        try {
            JsonElement json = isText ? JsonElementKt.JsonPrimitive(written) : Json.Default.parseToJsonElement(written);
            shape.read(json);
            return json;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its default '" + written + "' is none: " + e.getMessage(), e);
        }
    }

    void addTo(ObjectSchema object, Definitions definitions) {
        JsonObject schema = shape.schema(definitions);
        JsonElement own = schema.get("description");
        String whole = own instanceof JsonPrimitive && !description.trim().isEmpty()
                ? description + " (" + ((JsonPrimitive) own).getContent() + ")"
                : description;
        JsonObject full = Schema.withDefault(Schema.described(schema, whole), standard);
        if (isOptional) object.optional(name, full);
        else object.property(name, full);
    }

    /** From the object that it is part of. */
    @Nullable
    Object readFrom(JsonObject object) {
        JsonElement json = object.get(name);
        boolean isLeftOut = json == null || (json instanceof JsonNull && isOptional && !shape.takesNull());
        try {
            if (json != null && !isLeftOut) return shape.read(json);
            if (!isOptional) throw new Misfit("is missing", null);
            if (isProperty && (isSet || !shape.takesNull())) return LEFT_ALONE;
            return standard == null ? shape.absent() : shape.read(standard);
        } catch (Misfit e) {
            throw e.within("." + name);
        }
    }
}
