package dev.tandem.bench.floornetty;

import dev.tandem.bench.Site;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import java.net.URI;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;

/** Connections to one server, kept alive. */
final class NettyPool {
    private static final int LOOPS = 2;

    private final String pathBefore;
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());
    private final Deque<Channel> idle = new ConcurrentLinkedDeque<>();
    private final Bootstrap bootstrap;

    NettyPool(Site site) {
        pathBefore = URI.create(site.baseUrl()).getPath();
        bootstrap = new Bootstrap()
                .group(loops)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .remoteAddress(site.host(), site.port())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new HttpClientCodec(), new Exchanges(idle));
                    }
                });
    }

    /** Done when {@code sink} has had the whole body of the answer. */
    CompletableFuture<Void> post(String path, byte[] body, Sink sink) {
        Exchange exchange = new Exchange(pathBefore + path, body, sink, new CompletableFuture<>());
        Channel kept = idle.poll();
        if (kept != null) kept.writeAndFlush(exchange);
        else bootstrap.connect().addListener((ChannelFuture connected) -> begin(connected, exchange));
        return exchange.end();
    }

    void close() {
        loops.shutdownGracefully();
    }

    private static void begin(ChannelFuture connected, Exchange exchange) {
        if (connected.isSuccess()) connected.channel().writeAndFlush(exchange);
        else exchange.end().completeExceptionally(connected.cause());
    }

    interface Sink {
        void take(byte[] bytes, int from, int to);
    }

    record Exchange(String path, byte[] body, Sink sink, CompletableFuture<Void> end) {}
}
