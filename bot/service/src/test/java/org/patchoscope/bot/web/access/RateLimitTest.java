// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final RateLimit limit = new RateLimit(60, new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void anAddressMaySpendItsMinuteAtOnceAndThenWaits() {
        for (int i = 0; i < 60; i++) {
            assertThat(limit.allows("192.0.2.1")).isTrue();
        }
        assertThat(limit.allows("192.0.2.1")).isFalse();
        assertThat(limit.allows("192.0.2.2")).as("another").isTrue();
        now = now.plus(Duration.ofSeconds(1));
        assertThat(limit.allows("192.0.2.1")).isTrue();
        assertThat(limit.allows("192.0.2.1")).isFalse();
    }

    @Test
    void aNetworkOfIPv6IsOneAddress() {
        for (int i = 0; i < 60; i++) {
            assertThat(limit.allows("2001:db8:0:1:0:0:0:" + i)).isTrue();
        }
        assertThat(limit.allows("2001:db8:0:1:a:b:c:d")).isFalse();
        assertThat(limit.allows("2001:db8:0:2:0:0:0:1")).isTrue();
    }

    @Test
    void zeroIsNoLimit() {
        RateLimit none = new RateLimit(0, Clock.systemUTC());
        for (int i = 0; i < 1_000; i++) {
            assertThat(none.allows("192.0.2.1")).isTrue();
        }
    }
}
