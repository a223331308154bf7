// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.patchoscope.bot.cli.ServiceProgram;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.config.Secrets;
import org.patchoscope.semantics.program.Target;

/**
 * All settings of a start, read before anything is started: a name that nothing reads and a value that is none end it, with where
 * they stand.
 *
 * @param values by name, as they are handed on: options of the command line, and the file where the environment says nothing
 * @param typed all of them, the environment and what is by default included
 */
record Settings(Map<String, String> values, ServiceConfig typed) {
    private static final String WHERE = "settings";
    private static final int BEFORE_THE_ENVIRONMENT = 400;

    /** What the program reads besides the service's settings, and what its tests and its images' makers do. */
    private static final Set<String> OTHERS = Set.of(
            "PATCHOSCOPE_DATA",
            "PATCHOSCOPE_STORE",
            "PATCHOSCOPE_STORE_USER",
            "PATCHOSCOPE_STORE_PASSWORD",
            "PATCHOSCOPE_CACHE",
            "PATCHOSCOPE_IMAP_PASSWORD",
            "PATCHOSCOPE_IMAGE",
            "PATCHOSCOPE_TOOLCHAIN");

    private static final Set<String> OF_TESTS = Set.of("PATCHOSCOPE_TREE_", "PATCHOSCOPE_TEST_", "PATCHOSCOPE_V16_");

    /**
     * Reads them.
     *
     * @throws ReviewException where one of them is a mistake
     */
    static Settings read(ServiceProgram.Options options, Map<String, String> environment) throws ReviewException {
        variables(environment);
        Map<String, String> values = new LinkedHashMap<>();
        for (Path file : options.file()) {
            values.putAll(SettingsFile.read(file));
        }
        values.keySet().removeIf(s -> environment.containsKey(SettingsFile.variable(s)));
        values.putAll(options.settings());
        ServiceConfig typed = typed(values);
        ranges(typed);
        return new Settings(values, typed);
    }

    /** A variable that begins like ours and is none would be ignored in silence. */
    private static void variables(Map<String, String> environment) throws ReviewException {
        Set<String> known = new TreeSet<>(OTHERS);
        SettingsFile.known(ServiceConfig.class, "").forEach(s -> known.add(SettingsFile.variable(s)));
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith("PATCHOSCOPE_")
                    && !known.contains(name)
                    && OF_TESTS.stream().noneMatch(name::startsWith)) {
                throw new ReviewException(
                        "no variable is called " + name,
                        "the environment",
                        Spelling.near(name, known)
                                .map(n -> "write " + n)
                                .orElse("a setting a.b of the file is PATCHOSCOPE_SERVICE_A_B; unset what is none"));
            }
        }
    }

    private static ServiceConfig typed(Map<String, String> values) throws ReviewException {
        Map<String, String> named = new LinkedHashMap<>();
        values.forEach((name, value) -> named.put(SettingsFile.PREFIX + name, value));
        try {
            return new SmallRyeConfigBuilder()
                    .addDefaultSources()
                    .addDefaultInterceptors()
                    .withSources(new PropertiesConfigSource(named, WHERE, BEFORE_THE_ENVIRONMENT))
                    .withMapping(ServiceConfig.class)
                    .build()
                    .getConfigMapping(ServiceConfig.class);
        } catch (ConfigValidationException e) {
            List<String> problems = new ArrayList<>();
            for (int i = 0; i < e.getProblemCount(); i++) {
                problems.add(e.getProblem(i).getMessage());
            }
            Secrets secrets = Secrets.among(System.getenv()).and(Secrets.among(named));
            throw new ReviewException(
                    "not a value: " + secrets.hide(String.join("; ", problems)), WHERE, "see deploy/patchoscope.yaml");
        }
    }

    private static void ranges(ServiceConfig c) throws ReviewException {
        range("reviewMinutes", c.reviewMinutes(), 1, 10_000);
        range("port", c.port(), 0, 65_535);
        range("variants", c.variants(), 0, 1_000);
        range("requests", c.requests(), 0, 1_000_000);
        range("jobs", c.jobs().orElse(1), 1, 1_000);
        range("store.partsHours", c.store().partsHours(), 0, 10_000);
        range("store.seconds", c.store().seconds(), 1, 86_400);
        range("commands.mostPerDay", c.commands().mostPerDay(), 0, 1_000_000);
        range("mail.port", c.mail().port(), 1, 65_535);
        String site = Wiring.site(c);
        if (!site.matches("https?://[^\\s/]+(/\\S*)?")) {
            throw new ReviewException("not an address: " + site, "address", "write https://host, or http://host:port");
        }
        for (String arch : c.archs().split(",", -1)) {
            arch(arch);
        }
    }

    private static void arch(String arch) throws ReviewException {
        try {
            var _ = Target.of(arch.strip());
        } catch (IllegalArgumentException e) {
            throw new ReviewException(String.valueOf(e.getMessage()), "archs", "use arm64, x86_64 or arm64,x86_64");
        }
    }

    private static void range(String name, int value, int low, int high) throws ReviewException {
        if (value < low || value > high) {
            throw new ReviewException(
                    name + " is " + value + ", and has to be from " + low + " to " + high, WHERE, "correct it");
        }
    }
}
