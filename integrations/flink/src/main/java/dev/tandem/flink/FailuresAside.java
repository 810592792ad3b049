package dev.tandem.flink;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Async functions have no side outputs, so this comes behind them. Flink runs both in one thread. */
final class FailuresAside<T, R> extends ProcessFunction<Either<Failure<T>, Answer<T, R>>, Answer<T, R>> {
    private static final long serialVersionUID = 1;

    private final OutputTag<Failure<T>> aside;

    FailuresAside(OutputTag<Failure<T>> aside) {
        this.aside = aside;
    }

    @Override
    public void processElement(
            Either<Failure<T>, Answer<T, R>> outcome, Context context, Collector<Answer<T, R>> answers) {
        if (outcome.isLeft()) context.output(aside, outcome.left());
        else answers.collect(outcome.right());
    }
}
