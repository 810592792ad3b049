package dev.tandem.flink;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** Found by Flink wherever a {@link CallError} is. Public for it alone. */
public final class CallErrorType extends TypeInfoFactory<CallError> {
    @Override
    public TypeInformation<CallError> createTypeInfo(Type type, Map<String, TypeInformation<?>> parameters) {
        return Types.POJO(
                CallError.class,
                Map.of(
                        "type", Types.STRING,
                        "message", Types.STRING,
                        "status", Types.INT,
                        "code", Types.STRING,
                        "requestId", Types.STRING,
                        "isRetryable", Types.BOOLEAN,
                        "retryAfterMillis", Types.LONG,
                        "attempts", Types.INT));
    }
}
