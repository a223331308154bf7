// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * What was rendered of reviews, kept on the disk: a review is never changed, so each part of it is rendered once by a version of
 * this program. It may be deleted at any time.
 */
public final class Rendered {
    private static final Logger LOG = Logger.getLogger(Rendered.class);
    private static final int IN_MEMORY = 64;
    private static final int LONGEST_IN_MEMORY = 256 << 10;
    /** Each has a whole review in memory. */
    private static final int AT_ONCE = 2;

    private final Path directory;
    private final long most;
    private final Semaphore rendering = new Semaphore(AT_ONCE, true);
    private final Map<String, String> recent = new LinkedHashMap<>(IN_MEMORY, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > IN_MEMORY;
        }
    };

    /**
     * Makes one.
     *
     * @param home of all versions' parts
     * @param program the version of this one; what others made is deleted
     * @param most bytes that are kept
     */
    public Rendered(Path home, String program, long most) throws IOException {
        directory = home.resolve(program);
        this.most = most;
        Files.createDirectories(directory);
        try (Stream<Path> all = Files.walk(home)) {
            for (Path p : all.sorted(Comparator.reverseOrder())
                    .filter(p -> !p.startsWith(directory) && !directory.startsWith(p))
                    .toList()) {
                Files.deleteIfExists(p);
            }
        }
    }

    /**
     * A part, rendered if it is not there.
     *
     * @param name of letters, digits and hyphens
     */
    String part(String name, Supplier<String> render) {
        Optional<String> kept = find(name);
        if (kept.isPresent()) {
            return kept.get();
        }
        rendering.acquireUninterruptibly();
        try {
            // Another request may have rendered it while this one waited.
            return find(name).orElseGet(() -> keep(name, render.get()));
        } finally {
            rendering.release();
        }
    }

    private Optional<String> find(String name) {
        synchronized (recent) {
            String known = recent.get(name);
            if (known != null) {
                return Optional.of(known);
            }
        }
        try {
            String read = Files.readString(directory.resolve(name));
            remember(name, read);
            return Optional.of(read);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void remember(String name, String text) {
        if (text.length() <= LONGEST_IN_MEMORY) {
            synchronized (recent) {
                recent.put(name, text);
            }
        }
    }

    private String keep(String name, String text) {
        remember(name, text);
        try {
            Path part = Files.createTempFile(directory, "new", "");
            Files.write(part, text.getBytes(StandardCharsets.UTF_8));
            Files.move(part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            evict();
        } catch (IOException e) {
            // Only slower: it is rendered again.
            LOG.infof("a rendered part is not kept: %s", e.getMessage());
        }
        return text;
    }

    private void evict() throws IOException {
        long size = size();
        if (size > most) {
            List<Path> oldest;
            try (Stream<Path> all = Files.list(directory)) {
                oldest = all.sorted(Comparator.comparingLong(p -> p.toFile().lastModified()))
                        .toList();
            }
            for (Path p : oldest.subList(0, oldest.size() / 2)) {
                Files.deleteIfExists(p);
            }
        }
    }

    /** Bytes that are kept. */
    long size() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.mapToLong(p -> p.toFile().length()).sum();
        }
    }
}
