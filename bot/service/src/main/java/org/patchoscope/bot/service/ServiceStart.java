// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.bot.cli.ServiceProgram;
import org.patchoscope.bot.pipeline.ReviewException;
import org.patchoscope.bot.search.SearchBench;
import org.patchoscope.config.Secrets;

/** Starts Quarkus: the only one that does. */
public final class ServiceStart implements ServiceProgram {
    /** Found through {@code META-INF/services}. */
    public ServiceStart() {}

    @Override
    public int run(Options options) throws ReviewException {
        // Quarkus makes its objects itself; what it is to know is said in its own way.
        Settings settings = Settings.read(options, System.getenv());
        settings.values().forEach((name, value) -> System.setProperty(SettingsFile.PREFIX + name, value));
        settings.typed().proxies().ifPresent(ServiceStart::believe);
        AtomicInteger status = new AtomicInteger();
        Quarkus.run(UntilStopped.class, (code, failure) -> {
            status.set(code);
            if (failure != null) {
                tell(failure);
            }
        });
        return status.get();
    }

    private static void believe(List<String> proxies) {
        System.setProperty("quarkus.http.proxy.proxy-address-forwarding", "true");
        System.setProperty("quarkus.http.proxy.allow-forwarded", "true");
        System.setProperty("quarkus.http.proxy.allow-x-forwarded", "true");
        System.setProperty("quarkus.http.proxy.enable-forwarded-host", "true");
        System.setProperty("quarkus.http.proxy.trusted-proxies", String.join(",", proxies));
    }

    @Override
    public List<String> check(Options options) throws ReviewException {
        return SettingsCheck.of(Settings.read(options, System.getenv()).typed());
    }

    /** The innermost cause says what is wrong; what is around it is how Quarkus came there. */
    private static void tell(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        Secrets secrets = Secrets.among(System.getenv()).and(Secrets.among(System.getProperties()));
        System.err.println(
                "patchoscope: the service does not start: " + secrets.hide(String.valueOf(root.getMessage())));
        System.err.println("  where: its settings, "
                + Stream.of("data", "host", "port")
                        .map(s -> s + "=" + System.getProperty(SettingsFile.PREFIX + s, "as by default"))
                        .collect(Collectors.joining(", ")));
        System.err.println("  do:    correct a setting that is named; stop another service that uses the same directory"
                + " or port, or name others with --data and --port");
    }

    @Override
    public String benchSearch(Path directory, int reviews, int rate, int seconds)
            throws IOException, InterruptedException {
        return SearchBench.run(directory, new SearchBench.Load(reviews, rate, seconds));
    }

    /** Serves until a signal. */
    static final class UntilStopped implements QuarkusApplication {
        @Override
        public int run(String... arguments) {
            Quarkus.waitForExit();
            return 0;
        }
    }
}
