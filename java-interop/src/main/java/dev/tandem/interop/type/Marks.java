package dev.tandem.interop.type;

import dev.tandem.interop.annotation.Description;
import dev.tandem.interop.annotation.Name;
import dev.tandem.interop.annotation.Param;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The annotations on one member, wherever they stand: at the field, the getter or the parameter. */
final class Marks {
    private final List<Annotation> all;

    Marks(List<Annotation> all) {
        this.all = new ArrayList<>(all);
    }

    static Marks of(@Nullable AnnotatedElement... places) {
        Marks marks = new Marks(new ArrayList<>());
        for (AnnotatedElement place : places) if (place != null) marks.add(Arrays.asList(place.getAnnotations()));
        return marks;
    }

    Marks add(List<Annotation> more) {
        all.addAll(more);
        return this;
    }

    <A extends Annotation> @Nullable A find(Class<A> type) {
        for (Annotation each : all) if (type.isInstance(each)) return type.cast(each);
        return null;
    }

    /** Whosever annotation it is, of those that are kept at run time; others nobody can see there. */
    boolean isNullable() {
        return all.stream().anyMatch(a -> a.annotationType().getSimpleName().equals("Nullable"));
    }

    /** In JSON, where it has another name than {@code own}. */
    String name(String own) {
        Param param = find(Param.class);
        if (param != null && !param.name().isEmpty()) return param.name();
        Name name = find(Name.class);
        return name == null ? own : name.value();
    }

    /** Empty where nothing is said. */
    String description() {
        Description description = find(Description.class);
        Param param = find(Param.class);
        return description != null ? description.value() : param != null ? param.value() : "";
    }
}
