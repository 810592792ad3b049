package dev.tandem.interop.type;

import dev.tandem.schema.Schema;
import java.lang.reflect.Array;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import kotlinx.serialization.json.JsonArray;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A list, a set, a queue or an array. */
final class ListShape extends Shape {
    private final Shape item;
    private final Function<List<@Nullable Object>, Object> make;

    ListShape(Shape item, Function<List<@Nullable Object>, Object> make) {
        this.item = item;
        this.make = make;
    }

    /** How such is made of a list; null for what is no such. */
    static @Nullable Function<List<@Nullable Object>, Object> makerOf(JavaType type) {
        Class<?> raw = type.raw;
        if (raw.isArray()) return items -> arrayOf(raw.getComponentType(), items);
        if (!Iterable.class.isAssignableFrom(raw)) return null;
        if (raw.isAssignableFrom(ArrayList.class)) return items -> items;
        if (raw.isAssignableFrom(LinkedHashSet.class)) return LinkedHashSet::new;
        if (raw.isAssignableFrom(TreeSet.class)) return TreeSet::new;
        if (raw.isAssignableFrom(ArrayDeque.class)) return ArrayDeque::new;
        return null;
    }

    private static Object arrayOf(Class<?> item, Collection<@Nullable Object> items) {
        Object array = Array.newInstance(item, items.size());
        int i = 0;
        for (Object each : items) Array.set(array, i++, each);
        return array;
    }

    @Override
    JsonObject schema(Definitions definitions) {
        return Schema.listOf(item.schema(definitions));
    }

    @Override
    Object read(JsonElement json) {
        if (!(json instanceof JsonArray)) throw Misfit.of("an array", json, null);
        List<@Nullable Object> items = new ArrayList<>();
        for (JsonElement each : (JsonArray) json) {
            try {
                items.add(item.read(each));
            } catch (Misfit e) {
                throw e.within("[" + items.size() + "]");
            }
        }
        try {
            return make.apply(items);
        } catch (ClassCastException | NullPointerException e) {
            throw new Misfit("has items that cannot be put in order, or are null", e);
        }
    }
}
