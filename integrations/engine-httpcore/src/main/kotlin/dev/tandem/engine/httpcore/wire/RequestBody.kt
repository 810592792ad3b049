@file:JvmName("-RequestBody")

package dev.tandem.engine.httpcore.wire

import io.ktor.http.content.OutgoingContent
import io.ktor.utils.io.toByteArray
import io.ktor.utils.io.writer
import kotlinx.coroutines.CoroutineScope
import kotlin.coroutines.CoroutineContext

/** The whole of [content]: a request is sent again where a kept connection was stale, so it has to be there still. */
internal suspend fun bytesOf(content: OutgoingContent, context: CoroutineContext): ByteArray = when (content) {
    is OutgoingContent.ByteArrayContent -> content.bytes()
    is OutgoingContent.NoContent -> ByteArray(0)
    is OutgoingContent.ReadChannelContent -> content.readFrom().toByteArray()
    is OutgoingContent.WriteChannelContent -> CoroutineScope(context).writer { content.writeTo(channel) }.channel.toByteArray()
    is OutgoingContent.ContentWrapper -> bytesOf(content.delegate(), context)
    is OutgoingContent.ProtocolUpgrade -> throw UnsupportedOperationException("this engine changes to no other protocol than HTTP/2")
}
