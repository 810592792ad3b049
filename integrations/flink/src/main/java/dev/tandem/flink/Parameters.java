package dev.tandem.flink;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.functions.InvalidTypesException;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The type arguments that Flink has found. */
final class Parameters {
    private Parameters() {}

    static TypeInformation<?> of(Type type, Map<String, TypeInformation<?>> parameters, String name) {
        TypeInformation<?> found = parameters.get(name);
        if (found == null) {
            throw new InvalidTypesException("Flink cannot see what " + name + " is in " + type
                    + ": give it by returns(…), or use the type of TandemStream's own streams");
        }
        return found;
    }
}
