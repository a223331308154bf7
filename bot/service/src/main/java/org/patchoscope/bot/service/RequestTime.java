// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How long a connection of HTTP/1.1 may take: for the head of a request, until it is answered, and to take an answer. Of bytes it
 * knows only where a head ends.
 */
final class RequestTime extends ChannelDuplexHandler {
    /**
     * Times.
     *
     * @param head from its first byte to the empty line after it; also for a connection that says nothing at first
     * @param answer from there to the first byte of an answer: a body comes in that time, and is worked on
     * @param silence between two requests, or without any byte of an answer taken
     * @param look between two looks at the clock
     */
    record Limits(Duration head, Duration answer, Duration silence, Duration look) {
        static final Limits USUAL = new Limits(
                Duration.ofSeconds(15), Duration.ofMinutes(3), Duration.ofSeconds(60), Duration.ofSeconds(3));
    }

    private enum Stage {
        HEAD,
        ANSWER,
        SILENCE
    }

    private final Limits limits;
    private Stage stage = Stage.HEAD;
    private long until;
    private boolean begun;
    private boolean emptyLine;
    private long untaken;
    private @Nullable Future<?> looking;

    RequestTime(Limits limits) {
        this.limits = limits;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        enter(Stage.HEAD, limits.head());
        long look = limits.look().toMillis();
        looking = context.executor().scheduleAtFixedRate(() -> look(context), look, look, TimeUnit.MILLISECONDS);
        context.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (looking != null) {
            looking.cancel(false);
        }
        context.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (stage == Stage.SILENCE) {
            enter(Stage.HEAD, limits.head());
        }
        if (stage == Stage.HEAD && message instanceof ByteBuf bytes && endsHead(bytes)) {
            enter(Stage.ANSWER, limits.answer());
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        // After "100 Continue" the rest of the request comes, and not the next one.
        if (!(message instanceof ByteBuf bytes && isContinue(bytes))) {
            enter(Stage.SILENCE, limits.silence());
        }
        var _ = context.write(message, promise);
    }

    private void enter(Stage next, Duration time) {
        if (next == Stage.HEAD) {
            begun = false;
            emptyLine = false;
        }
        stage = next;
        until = System.nanoTime() + time.toNanos();
    }

    private boolean endsHead(ByteBuf bytes) {
        for (int i = bytes.readerIndex(); i < bytes.writerIndex(); i++) {
            byte b = bytes.getByte(i);
            if (b == '\n' && emptyLine && begun) {
                return true;
            }
            if (b != '\r') {
                emptyLine = b == '\n';
                begun |= b != '\n';
            }
        }
        return false;
    }

    private static boolean isContinue(ByteBuf bytes) {
        int at = bytes.readerIndex();
        return bytes.readableBytes() > 12 && bytes.getByte(at) == 'H' && bytes.getByte(at + 9) == '1';
    }

    private void look(ChannelHandlerContext context) {
        ChannelOutboundBuffer out = context.channel().unsafe().outboundBuffer();
        long pending = out == null ? 0 : out.totalPendingWriteBytes();
        if (stage == Stage.SILENCE && pending > 0 && pending != untaken) {
            enter(Stage.SILENCE, limits.silence());
        }
        untaken = pending;
        if (System.nanoTime() - until > 0) {
            var _ = context.close();
        }
    }
}
