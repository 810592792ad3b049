package dev.tandem.interop;

import dev.tandem.pipeline.Call;
import dev.tandem.pipeline.Middleware;
import dev.tandem.pipeline.Next;
import kotlin.Unit;
import kotlinx.coroutines.channels.BufferOverflow;
import kotlinx.coroutines.channels.Channel;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowKt;
import kotlinx.coroutines.reactive.ReactiveFlowKt;
import org.reactivestreams.Publisher;

/** Layers written in Java, for the client. */
final class Layers {
    private Layers() {}

    static Middleware of(JavaMiddleware layer) {
        return new Middleware() {
            @Override
            public <T> Flow<T> around(Call<T> call, Next next) {
                // One item at a time: nobody asks for more than the caller does.
                return FlowKt.buffer(
                        ReactiveFlowKt.asFlow(layer.around(call, nextOf(next))),
                        Channel.RENDEZVOUS,
                        BufferOverflow.SUSPEND);
            }
        };
    }

    static Middleware of(CallHooks hooks) {
        return new Middleware() {
            @Override
            public <T> Flow<T> around(Call<T> call, Next next) {
                Flow<T> made = FlowKt.flow((collector, k) ->
                        next.proceed(call.withRequest(hooks.before(call))).collect(collector, k));
                Flow<T> seen = FlowKt.onEach(made, (item, k) -> {
                    hooks.onItem(call, item);
                    return Unit.INSTANCE;
                });
                return FlowKt.onCompletion(seen, (collector, error, k) -> {
                    hooks.after(call, error);
                    return Unit.INSTANCE;
                });
            }
        };
    }

    private static JavaNext nextOf(Next next) {
        return new JavaNext() {
            @Override
            public <T> Publisher<T> proceed(Call<T> call) {
                return Bridge.publisher(next.proceed(call));
            }
        };
    }
}
