// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.patchoscope.bot.cli.ServiceProgram;
import org.patchoscope.bot.search.SearchBench;

/** Starts Quarkus: the only one that does. */
public final class ServiceStart implements ServiceProgram {
    /** Found through {@code META-INF/services}. */
    public ServiceStart() {}

    @Override
    public int run(Options options) {
        // Quarkus makes its objects itself; what it is to know is said in its own way.
        System.setProperty("quarkus.http.host", options.host());
        System.setProperty("quarkus.http.port", Integer.toString(options.port()));
        System.setProperty("patchoscope.service.data", options.data().toString());
        System.setProperty("patchoscope.service.cache", options.cache().toString());
        System.setProperty("patchoscope.service.store.location", options.mail().location());
        set("patchoscope.service.store.user", options.mail().user());
        set("patchoscope.service.store.password", options.mail().password());
        options.tree().forEach(t -> System.setProperty("patchoscope.service.tree", t));
        System.setProperty("patchoscope.service.archs", options.manner().archs());
        System.setProperty(
                "patchoscope.service.variants",
                Integer.toString(options.manner().variants()));
        System.setProperty(
                "patchoscope.service.jobs", Integer.toString(options.manner().jobs()));
        AtomicInteger status = new AtomicInteger();
        Quarkus.run(UntilStopped.class, (code, failure) -> {
            status.set(code);
            if (failure != null) {
                tell(failure, options);
            }
        });
        return status.get();
    }

    private static void set(String name, String value) {
        if (!value.isEmpty()) {
            System.setProperty(name, value);
        }
    }

    /** The innermost cause says what is wrong; what is around it is how Quarkus came there. */
    private static void tell(Throwable failure, Options options) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        System.err.println("patchoscope: the service does not start: " + root.getMessage());
        System.err.println("  where: " + options.data() + ", port " + options.port());
        System.err.println("  do:    stop another service that uses the same directory or port, or name others with"
                + " --data and --port");
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
