package dev.tandem.interop.type;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out what an object consists of, and how it is made of that. */
final class Members {
    private final Shapes shapes;
    private final String where;
    private final Map<TypeVariable<?>, JavaType> variables;
    private final List<Member> found = new ArrayList<>();

    private Members(Shapes shapes, JavaType type, String where) {
        this.shapes = shapes;
        this.where = where;
        variables = type.variables();
    }

    /** {@code where} is how messages call it. */
    static void fill(ObjectShape shape, Shapes shapes, String where) {
        Members members = new Members(shapes, shape.type, where);
        ObjectShape.Maker maker = members.find(shape.type.raw);
        shape.fill(members.found, maker);
    }

    /** The arguments of a method, of which {@code holder} has or inherits it. */
    static void fill(ObjectShape shape, Method method, Class<?> holder, Shapes shapes, String where) {
        Members members = new Members(shapes, JavaType.of(holder), where);
        Type[] types = method.getGenericParameterTypes();
        for (int i = 0; i < types.length; i++) {
            Marks marks = new Marks(Arrays.asList(method.getParameterAnnotations()[i]));
            members.parameter(Newer.nameOf(method, i), i, types[i], Newer.notesOf(method, i), marks);
        }
        shape.fill(members.found, values -> values);
    }

    private ObjectShape.Maker find(Class<?> type) {
        List<String> components = Newer.componentsOf(type);
        if (components != null) return record(type, components);
        List<Constructor<?>> constructors = constructorsOf(type);
        for (Constructor<?> each : constructors) if (each.getParameterTypes().length == 0) return bean(type, each);
        if (constructors.size() == 1) return made(constructors.get(0));
        throw new IllegalArgumentException(type.getSimpleName() + " has " + constructors.size()
                + " constructors, and none without parameters: which is meant?");
    }

    /** Those that others may call, or those that somebody may. */
    private static List<Constructor<?>> constructorsOf(Class<?> type) {
        List<Constructor<?>> all = Stream.of(type.getDeclaredConstructors())
                .filter(c -> !c.isSynthetic())
                .collect(Collectors.toList());
        List<Constructor<?>> open =
                all.stream().filter(c -> Modifier.isPublic(c.getModifiers())).collect(Collectors.toList());
        if (!open.isEmpty()) return open;
        List<Constructor<?>> near =
                all.stream().filter(c -> !Modifier.isPrivate(c.getModifiers())).collect(Collectors.toList());
        return near.isEmpty() ? all : near;
    }

    private ObjectShape.Maker record(Class<?> type, List<String> components) {
        try {
            Class<?>[] types = new Class<?>[components.size()];
            for (int i = 0; i < types.length; i++) {
                types[i] = type.getDeclaredField(components.get(i)).getType();
            }
            Constructor<?> constructor = Property.reached(type.getDeclaredConstructor(types));
            for (int i = 0; i < types.length; i++) {
                Field field = type.getDeclaredField(components.get(i));
                Marks marks = Marks.of(field, type.getDeclaredMethod(components.get(i)))
                        .add(Arrays.asList(constructor.getParameterAnnotations()[i]));
                add(components.get(i), field.getGenericType(), Newer.notesOf(field), marks, null);
            }
            return constructor::newInstance;
        } catch (NoSuchFieldException | NoSuchMethodException e) {
            throw new IllegalArgumentException(type.getSimpleName() + " is a record without " + e.getMessage(), e);
        }
    }

    private ObjectShape.Maker made(Constructor<?> constructor) {
        Type[] types = constructor.getGenericParameterTypes();
        for (int i = 0; i < types.length; i++) {
            Marks marks = new Marks(Arrays.asList(constructor.getParameterAnnotations()[i]));
            parameter(Newer.nameOf(constructor, i), i, types[i], Newer.notesOf(constructor, i), marks);
        }
        return Property.reached(constructor)::newInstance;
    }

    private void parameter(@Nullable String own, int index, Type type, Notes notes, Marks marks) {
        String name = own == null ? marks.name("") : own;
        if (name.isEmpty()) {
            throw new IllegalArgumentException("parameter " + (index + 1)
                    + " has no name: compile with -parameters, or write @Param(name = …) before it");
        }
        add(name, type, notes, marks, null);
    }

    private ObjectShape.Maker bean(Class<?> type, Constructor<?> constructor) {
        List<Property> properties =
                Property.of(type).stream().filter(Property::isWritable).collect(Collectors.toList());
        if (properties.isEmpty()) {
            throw new IllegalArgumentException(type.getSimpleName()
                    + " has nothing to fill: it needs setters or public fields, a constructor with parameters, or to be a record"
                    + " (which only Java 16, Android 14 and newer know of)");
        }
        Property.reached(constructor);
        Object one = fresh(type, constructor);
        Object other = fresh(type, constructor);
        for (Property each : properties) {
            shapes.at(where + "." + each.name, () -> {
                each.reach();
                return each;
            });
            add(each.name, each.type(), each.notes(), each.marks(), Initial.of(each, one, other));
        }
        return values -> {
            Object made = constructor.newInstance();
            for (int i = 0; i < values.length; i++) {
                if (values[i] != Member.LEFT_ALONE) properties.get(i).set(made, values[i]);
            }
            return made;
        };
    }

    private static Object fresh(Class<?> type, Constructor<?> constructor) {
        try {
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalArgumentException(type.getSimpleName() + "() failed: " + cause, cause);
        }
    }

    /** {@code initial} is null for what is no property. */
    private void add(String own, Type type, Notes notes, Marks marks, @Nullable Initial initial) {
        String place = where + "." + own;
        Member member = shapes.at(place, () -> {
            JavaType known = JavaType.of(type, notes, variables);
            Marks all = marks.add(notes.all());
            return new Member(all.name(own), known, shapes.of(known, place), all, initial);
        });
        if (found.stream().anyMatch(m -> m.name.equals(member.name))) {
            throw new IllegalArgumentException("two members are named '" + member.name + "'");
        }
        found.add(member);
    }
}
