// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** A service with a directory of its own, no demo, and a token. */
public final class OwnData implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            return Map.of(
                    "patchoscope.service.data",
                            Files.createTempDirectory("patchoscope-web-test").toString(),
                    "patchoscope.service.demo", "false",
                    "patchoscope.service.tokens", "secret");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
