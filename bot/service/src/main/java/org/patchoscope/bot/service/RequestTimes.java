// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.spi.VertxServiceProvider;

/**
 * Gives every connection that comes in a {@link RequestTime}. The HTTP server has a limit for silence alone: who sends a byte of a
 * header every few seconds would be waited for without end. Found through {@code META-INF/services}.
 */
public final class RequestTimes implements VertxServiceProvider {
    /** Found through {@code META-INF/services}. */
    public RequestTimes() {}

    @Override
    public void init(VertxBuilder builder) {
        builder.findTransport(new Transport());
    }

    private static final class Transport extends JDKTransport {
        @Override
        public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
            super.configure(options, domainSocket, bootstrap);
            bootstrap.handler(new Accepting());
        }
    }

    private static final class Accepting extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            if (accepted instanceof Channel connection) {
                connection.pipeline().addFirst(new RequestTime(RequestTime.Limits.USUAL));
            }
            context.fireChannelRead(accepted);
        }
    }
}
