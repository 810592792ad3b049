package dev.tandem.engine.httpcore.http2

import org.apache.hc.core5.http.Header
import org.apache.hc.core5.http.HttpConnection
import org.apache.hc.core5.http2.frame.FrameType
import org.apache.hc.core5.http2.frame.RawFrame
import org.apache.hc.core5.http2.impl.nio.H2StreamListener

/** Notices when the server says that it will take no more streams on this connection. */
internal class Farewell : H2StreamListener {
    @Volatile var wasSaid = false
        private set

    override fun onFrameInput(connection: HttpConnection, streamId: Int, frame: RawFrame) {
        if (frame.type == FrameType.GOAWAY.value) wasSaid = true
    }

    override fun onHeaderInput(connection: HttpConnection, streamId: Int, headers: List<Header>) = Unit

    override fun onHeaderOutput(connection: HttpConnection, streamId: Int, headers: List<Header>) = Unit

    override fun onFrameOutput(connection: HttpConnection, streamId: Int, frame: RawFrame) = Unit

    override fun onInputFlowControl(connection: HttpConnection, streamId: Int, delta: Int, actualSize: Int) = Unit

    override fun onOutputFlowControl(connection: HttpConnection, streamId: Int, delta: Int, actualSize: Int) = Unit
}
