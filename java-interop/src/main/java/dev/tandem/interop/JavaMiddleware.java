package dev.tandem.interop;

import dev.tandem.pipeline.Call;
import org.reactivestreams.Publisher;

/**
 * A layer of your own around every call, in full: it may answer itself, ask again, or put other items in the place of those
 * that come. A plain call is a publisher of one item, a stream one of many. {@link CallHooks} are simpler where you only want
 * to look, or to change a request.
 */
public interface JavaMiddleware {
    /** Called once for each call. What comes back is subscribed to once, and must do nothing before. */
    <T> Publisher<T> around(Call<T> call, JavaNext next);
}
