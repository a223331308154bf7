// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are read like prose when they change. {@code -Dpatchoscope.golden=write} rewrites them. */
public final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/org/patchoscope/bot/report");

    private Golden() {}

    public static void check(String name, String text) throws IOException {
        Path file = FOLDER.resolve(name);
        if ("write".equals(System.getProperty("patchoscope.golden"))) {
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
