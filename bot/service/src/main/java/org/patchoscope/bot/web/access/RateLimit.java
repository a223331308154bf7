// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web.access;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often an address may ask: so many requests a minute, of which none need be used evenly. It remembers the addresses that
 * asked last, and no more of them than fit.
 */
public final class RateLimit {
    private static final int MOST_ADDRESSES = 20_000;

    private final int perMinute;
    private final Clock clock;
    private final Map<String, Allowance> left;

    /**
     * Makes a limit.
     *
     * @param perMinute 0 for none
     */
    public RateLimit(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
        left = new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Allowance> eldest) {
                return size() > MOST_ADDRESSES;
            }
        };
    }

    private record Allowance(double requests, long at) {}

    /** Whether an address may ask now; if so, that counts. */
    synchronized boolean allows(String address) {
        if (perMinute == 0) {
            return true;
        }
        long now = clock.millis();
        String who = network(address);
        Allowance before = left.getOrDefault(who, new Allowance(perMinute, now));
        double have = Math.min(perMinute, before.requests() + (now - before.at()) * perMinute / 60_000.0);
        boolean may = have >= 1;
        left.put(who, new Allowance(may ? have - 1 : have, now));
        return may;
    }

    /** One has a whole /64 of IPv6: its first four groups. */
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        String[] groups = address.split(":", -1);
        return String.join(":", java.util.Arrays.asList(groups).subList(0, Math.min(4, groups.length)));
    }
}
