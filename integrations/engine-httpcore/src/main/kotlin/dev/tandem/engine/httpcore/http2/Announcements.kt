package dev.tandem.engine.httpcore.http2

import org.apache.hc.core5.http.Header
import org.apache.hc.core5.http.HttpConnection
import org.apache.hc.core5.http2.config.H2Param
import org.apache.hc.core5.http2.frame.FrameFlag
import org.apache.hc.core5.http2.frame.FrameType
import org.apache.hc.core5.http2.frame.RawFrame
import org.apache.hc.core5.http2.impl.nio.H2StreamListener
import java.nio.ByteBuffer

/** What the server says of the connection as a whole: how many streams it takes at once, and that it takes no more. */
internal class Announcements(private val onReady: () -> Unit, private val onFarewell: (lastTaken: Int) -> Unit) : H2StreamListener {
    @Volatile var isFarewell = false
        private set

    @Volatile var mostStreams = Int.MAX_VALUE
        private set

    /** The first settings have come. */
    private var isReady = false

    /** The stream that was opened last. The loop's own. */
    var opened = 0
        private set

    // HttpCore reads the payload after this.
    override fun onFrameInput(connection: HttpConnection, streamId: Int, frame: RawFrame) {
        val payload = frame.payload?.duplicate() ?: NOTHING.duplicate()
        if (frame.type == FrameType.SETTINGS.value && !frame.isFlagSet(FrameFlag.ACK)) {
            settings(payload)
        } else if (frame.type == FrameType.GOAWAY.value && payload.remaining() >= Int.SIZE_BYTES) {
            isFarewell = true
            onFarewell(payload.int and Int.MAX_VALUE)
        }
    }

    private fun settings(payload: ByteBuffer) {
        while (payload.remaining() >= SETTING_BYTES) {
            val name = payload.short.toInt()
            val value = payload.int
            if (name == H2Param.MAX_CONCURRENT_STREAMS.code && value >= 0) mostStreams = value
        }
        // A server may change its mind at any time.
        if (!isReady) onReady()
        isReady = true
    }

    override fun onHeaderInput(connection: HttpConnection, streamId: Int, headers: List<Header>) = Unit

    override fun onHeaderOutput(connection: HttpConnection, streamId: Int, headers: List<Header>) {
        opened = streamId
    }

    override fun onFrameOutput(connection: HttpConnection, streamId: Int, frame: RawFrame) = Unit

    override fun onInputFlowControl(connection: HttpConnection, streamId: Int, delta: Int, actualSize: Int) = Unit

    override fun onOutputFlowControl(connection: HttpConnection, streamId: Int, delta: Int, actualSize: Int) = Unit

    private companion object {
        const val SETTING_BYTES = 6
        val NOTHING: ByteBuffer = ByteBuffer.allocate(0)
    }
}
