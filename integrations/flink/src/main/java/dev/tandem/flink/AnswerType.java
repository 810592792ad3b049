package dev.tandem.flink;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** Found by Flink where it reads a user's own function. Public for it alone. */
public final class AnswerType<T, R> extends TypeInfoFactory<Answer<T, R>> {
    @Override
    @SuppressWarnings("unchecked")
    public TypeInformation<Answer<T, R>> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
        return Answer.type((TypeInformation<T>) Parameters.of(type, parameters, "T"), (TypeInformation<R>)
                Parameters.of(type, parameters, "R"));
    }
}
