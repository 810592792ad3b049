package dev.tandem.interop;

import dev.tandem.pipeline.Call;
import org.reactivestreams.Publisher;

/** The rest of a call's way, behind a {@link JavaMiddleware}. */
public interface JavaNext {
    /** Each subscription makes the call once. */
    <T> Publisher<T> proceed(Call<T> call);
}
