package dev.tandem.flink;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Found by Flink where it reads a user's own function. Public for it alone. */
public final class FailureType<T> extends TypeInfoFactory<Failure<T>> {
    @Override
    @SuppressWarnings("unchecked")
    public TypeInformation<Failure<T>> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
        return Failure.type((TypeInformation<T>) Parameters.of(type, parameters, "T"));
    }
}
