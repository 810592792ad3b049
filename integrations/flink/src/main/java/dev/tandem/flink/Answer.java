package dev.tandem.flink;

import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;

/** An item, and what the model has made of it. To Flink a POJO: a version with more fields reads the state of this one. */
@TypeInfo(AnswerType.class)
public final class Answer<T, R> {
    private T item;
    private R value;

    /** For Flink, which fills the fields in. */
    @SuppressWarnings("NullAway.Init")
    public Answer() {}

    Answer(T item, R value) {
        this.item = item;
        this.value = value;
    }

    static <T, R> TypeInformation<Answer<T, R>> type(TypeInformation<T> item, TypeInformation<R> value) {
        @SuppressWarnings({"unchecked", "rawtypes"})
        Class<Answer<T, R>> self = (Class) Answer.class;
        return Types.POJO(self, Map.of("item", item, "value", value));
    }

    /** As it came from the stream. */
    public T getItem() {
        return item;
    }

    /** What the function made of the answer. */
    public R getValue() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Answer)) return false;
        Answer<?, ?> that = (Answer<?, ?>) other;
        return Objects.deepEquals(item, that.item) && Objects.deepEquals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(item);
    }

    @Override
    public String toString() {
        return "Answer(" + item + ": " + value + ")";
    }
}
