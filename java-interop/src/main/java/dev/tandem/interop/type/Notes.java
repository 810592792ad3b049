package dev.tandem.interop.type;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is written at a type and at those within it, such as {@code List<@Nullable City>}. */
@MissingOnOld
final class Notes {
    static final Notes NONE = new Notes(null);

    /** An {@link AnnotatedType}: the class of a field would have to be there. */
    private final @Nullable Object type;

    Notes(@Nullable Object type) {
        this.type = type;
    }

    List<Annotation> all() {
        return type == null ? new ArrayList<>() : Arrays.asList(((AnnotatedType) type).getAnnotations());
    }

    boolean isNullable() {
        return new Marks(all()).isNullable();
    }

    Notes ofItem() {
        return type instanceof AnnotatedArrayType
                ? new Notes(((AnnotatedArrayType) type).getAnnotatedGenericComponentType())
                : NONE;
    }

    Notes ofArgument(int index) {
        if (!(type instanceof AnnotatedParameterizedType)) return NONE;
        AnnotatedType[] arguments = ((AnnotatedParameterizedType) type).getAnnotatedActualTypeArguments();
        return index < arguments.length ? new Notes(arguments[index]) : NONE;
    }

    Notes ofBound(boolean isLower) {
        if (!(type instanceof AnnotatedWildcardType)) return NONE;
        AnnotatedWildcardType wildcard = (AnnotatedWildcardType) type;
        AnnotatedType[] bounds = isLower ? wildcard.getAnnotatedLowerBounds() : wildcard.getAnnotatedUpperBounds();
        return bounds.length > 0 ? new Notes(bounds[0]) : NONE;
    }
}
