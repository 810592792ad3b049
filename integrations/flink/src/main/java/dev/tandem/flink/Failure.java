package dev.tandem.flink;

import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** An item for which there is no answer, and why. To Flink a POJO: a version with more fields reads the state of this one. */
@TypeInfo(FailureType.class)
public final class Failure<T> {
    private T item;
    private CallError error;

    /** For Flink, which fills the fields in. */
    @SuppressWarnings("NullAway.Init")
    public Failure() {}

    Failure(T item, CallError error) {
        this.item = item;
        this.error = error;
    }

    static <T> TypeInformation<Failure<T>> type(TypeInformation<T> item) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        Class<Failure<T>> self = (Class) Failure.class;
        return Types.POJO(self, Map.of("item", item, "error", TypeInformation.of(CallError.class)));
    }

    /** As it came from the stream. */
    public T getItem() {
        return item;
    }

    /** What the call failed of, or that it took too long. */
    public CallError getError() {
        return error;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Failure)) return false;
        Failure<?> that = (Failure<?>) other;
        return Objects.deepEquals(item, that.item) && error.equals(that.error);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(item);
    }

    @Override
    public String toString() {
        return "Failure(" + item + ": " + error + ")";
    }
}
