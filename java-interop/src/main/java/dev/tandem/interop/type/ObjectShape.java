package dev.tandem.interop.type;

import dev.tandem.schema.ObjectSchema;
import dev.tandem.schema.Schema;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonElementKt;
import kotlinx.serialization.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A record, a class or the arguments of a method: values under names. */
final class ObjectShape extends Referable {
    /** Puts the values of all members together, in their order. */
    interface Maker {
        Object of(@Nullable Object[] values) throws ReflectiveOperationException;
    }

    /** Tells the classes of a sealed type apart. */
    static final String CASE = "type";

    /** Known only after the object itself is: it may be part of itself. */
    private List<Member> members = Collections.emptyList();

    private Maker maker = values -> values;

    ObjectShape(JavaType type) {
        super(type);
    }

    void fill(List<Member> members, Maker maker) {
        this.members = new ArrayList<>(members);
        this.maker = maker;
    }

    boolean has(String name) {
        return members.stream().anyMatch(m -> m.name.equals(name));
    }

    @Override
    JsonObject body(Definitions definitions) {
        return body(definitions, Schema.objectOf());
    }

    /** One of several classes, known by {@code name}. */
    JsonObject asCase(String name, Definitions definitions) {
        Map<String, JsonElement> constant = new LinkedHashMap<>(Schema.text());
        constant.put("const", JsonElementKt.JsonPrimitive(name));
        JsonObject body = body(definitions, Schema.objectOf().property(CASE, new JsonObject(constant)));
        return Schema.described(body, Marks.of(type.raw).description());
    }

    private JsonObject body(Definitions definitions, ObjectSchema object) {
        for (Member member : members) member.addTo(object, definitions);
        return object.build();
    }

    @Override
    Object read(JsonElement json) {
        if (!(json instanceof JsonObject)) throw Misfit.of("an object", json, null);
        @Nullable Object[] values = new @Nullable Object[members.size()];
        for (int i = 0; i < values.length; i++) values[i] = members.get(i).readFrom((JsonObject) json);
        try {
            return maker.of(values);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause();
            if (cause instanceof Error) throw (Error) cause;
            throw new Misfit(type + " does not take it: " + (cause == null ? e : cause.getMessage()), cause);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " could not be made", e);
        }
    }
}
