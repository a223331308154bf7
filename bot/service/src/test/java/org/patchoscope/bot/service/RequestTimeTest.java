// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A connection is closed where it takes longer than its stage may, however many bytes come meanwhile. */
class RequestTimeTest {
    private static final RequestTime.Limits SHORT = new RequestTime.Limits(
            Duration.ofMillis(150), Duration.ofMillis(600), Duration.ofMillis(400), Duration.ofMillis(10));

    private final EmbeddedChannel connection = new EmbeddedChannel(new RequestTime(SHORT));

    @Test
    void aHeadThatDripsIsNotWaitedFor() throws InterruptedException {
        receive("\r\n\r\nGET / HTTP/1.1\r\n");
        for (int i = 0; i < 30 && connection.isOpen(); i++) {
            receive("x" + i + ": y\r\n");
            pass(10);
        }
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aConnectionThatSaysNothingIsNotWaitedFor() throws InterruptedException {
        pass(250);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void anAnswerMayTakeItsTime() throws InterruptedException {
        receive("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        pass(250);
        assertThat(connection.isOpen()).isTrue();
        pass(500);
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void aBodyThatIsAskedForMayComeWithoutAnEmptyLine() throws InterruptedException {
        receive("POST / HTTP/1.1\r\nExpect: 100-continue\r\n\r\n");
        send("HTTP/1.1 100 Continue\r\n\r\n");
        receive("body");
        pass(250);
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void afterAnAnswerTheNextHeadHasItsTime() throws InterruptedException {
        receive("GET / HTTP/1.1\r\n\r\n");
        send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        pass(250);
        assertThat(connection.isOpen()).isTrue();
        receive("GET / HTTP");
        pass(250);
        assertThat(connection.isOpen()).isFalse();
    }

    private void receive(String text) {
        if (connection.isOpen()) {
            connection.writeInbound(bytes(text));
        }
    }

    private void send(String text) {
        connection.writeOutbound(bytes(text));
        while (connection.readOutbound() instanceof ByteBuf sent) {
            sent.release();
        }
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private void pass(int millis) throws InterruptedException {
        for (int i = 0; i < millis / 10; i++) {
            Thread.sleep(10);
            connection.runScheduledPendingTasks();
        }
    }
}
