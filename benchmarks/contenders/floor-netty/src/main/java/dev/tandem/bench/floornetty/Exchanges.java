package dev.tandem.bench.floornetty;

import dev.tandem.bench.Site;
import dev.tandem.bench.floornetty.NettyPool.Exchange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.EOFException;
import java.util.Deque;

/** Turns an exchange into a request and the parts of its answer into bytes for the sink; one at a time. */
final class Exchanges extends ChannelDuplexHandler {
    private final Deque<Channel> idle;
    private byte[] buffer = new byte[16 * 1024];
    private Exchange current;

    Exchanges(Deque<Channel> idle) {
        this.idle = idle;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        current = (Exchange) message;
        FullHttpRequest request = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.POST, current.path(), Unpooled.wrappedBuffer(current.body()));
        request.headers()
                .set(HttpHeaderNames.HOST, "127.0.0.1")
                .set(HttpHeaderNames.AUTHORIZATION, "Bearer " + Site.API_KEY)
                .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .setInt(HttpHeaderNames.CONTENT_LENGTH, current.body().length);
        context.write(request, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpContent) pass(((HttpContent) message).content());
            if (message instanceof LastHttpContent) end(context);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (current != null) current.end().completeExceptionally(new EOFException());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (current != null) current.end().completeExceptionally(cause);
        context.close();
    }

    private void pass(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (length > buffer.length) buffer = new byte[length];
        bytes.readBytes(buffer, 0, length);
        current.sink().take(buffer, 0, length);
    }

    private void end(ChannelHandlerContext context) {
        Exchange done = current;
        current = null;
        idle.push(context.channel());
        done.end().complete(null);
    }
}
