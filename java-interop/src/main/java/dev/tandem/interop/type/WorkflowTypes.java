package dev.tandem.interop.type;

import dev.tandem.structured.AnswerType;
import dev.tandem.workflow.type.ClassTypes;
import kotlinx.serialization.json.JsonElement;

/** {@link JavaTypes} for workflows. Found by {@code tandem-workflow}; there is nothing to do with it. */
public final class WorkflowTypes implements ClassTypes {
    /** For the class path. */
    public WorkflowTypes() {}

    @Override
    public <T> AnswerType<T> typeOf(Class<T> type) {
        return JavaTypes.of(type);
    }

    @Override
    public JsonElement jsonOf(Object value) {
        return JavaTypes.json(value);
    }
}
