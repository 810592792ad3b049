package dev.tandem.batch

/** Where an item stands when it comes up. */
internal sealed class Place<out T, out R> {
    /** Nothing is to be done any more. */
    class Over<T, R>(val result: BatchResult<T, R>) : Place<T, R>()

    /** It is to be done, and written down under [key]; [content] tells it from others of that key. */
    class Open(val key: String, val content: String?) : Place<Nothing, Nothing>()
}
