// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.patchoscope.bot.pipeline.build.StateBuilder.Built;
import org.patchoscope.bot.pipeline.measure.StateEvents;
import org.patchoscope.bot.pipeline.wording.PatchHunk;
import org.patchoscope.bot.review.Review.Unit;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.config.EntryEvents;

/**
 * Results as files named by a digest of everything that went into them, the program's own code included.
 * What cannot be read or written is compared anew: a cache never decides.
 */
public final class DiskResults implements ResultStore {
    private final Path directory;
    private final String program;
    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    /** Keeps results in {@code directory}; {@code program} is a digest of the code that makes them. */
    public DiskResults(Path directory, String program) {
        this.directory = directory;
        this.program = program;
    }

    private record Key(
            String program,
            ArchProfile profile,
            String configuration,
            State before,
            State after,
            Set<String> touched,
            List<PatchHunk> hunks,
            UnitReviewer.Manner manner,
            List<State> base) {}

    private record State(
            Map<String, String> objects,
            Map<String, Set<String>> sources,
            Map<String, String> failures,
            Map<String, String> leftOut,
            Map<String, Long> macros,
            List<String> notes) {
        static State of(Built b) {
            Map<String, String> objects = new TreeMap<>();
            Map<String, Set<String>> sources = new TreeMap<>();
            b.objects().forEach(o -> {
                objects.put(o.name(), o.key());
                sources.put(o.name(), new TreeSet<>(o.sources()));
            });
            return new State(objects, sources, b.failures(), b.leftOut(), b.macros(), b.notes());
        }
    }

    @Override
    public Unit of(Question q, Supplier<Unit> compare, BooleanSupplier lasting) {
        Key key = new Key(
                program,
                q.profile(),
                q.configuration(),
                State.of(q.before()),
                State.of(q.after()),
                new TreeSet<>(q.touched()),
                q.hunks(),
                q.manner(),
                q.base().stream().map(State::of).toList());
        return kept(key, Unit.class, () -> Optional.of(compare.get()), lasting).orElseThrow();
    }

    private record EventsKey(
            String program,
            ArchProfile profile,
            EntryEvents table,
            Map<String, String> objects,
            Map<String, String> failures,
            Map<String, Long> macros) {}

    @Override
    public Optional<StateEvents> events(
            ArchProfile profile, EntryEvents table, Built state, Supplier<Optional<StateEvents>> find) {
        EventsKey key = new EventsKey(
                program, profile, table, state.keys(), new TreeMap<>(state.failures()), new TreeMap<>(state.macros()));
        return kept(key, StateEvents.class, find, () -> true);
    }

    private <T> Optional<T> kept(Object key, Class<T> type, Supplier<Optional<T>> make, BooleanSupplier lasting) {
        Path file;
        try {
            file = directory.resolve(name(key));
        } catch (JsonProcessingException e) {
            return make.get();
        }
        Optional<T> kept = read(file, type);
        if (kept.isPresent()) {
            return kept;
        }
        Optional<T> made = make.get();
        if (lasting.getAsBoolean()) {
            made.ifPresent(m -> write(file, m));
        }
        return made;
    }

    private String name(Object key) throws JsonProcessingException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] hash = digest.digest(json.writeValueAsString(key).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash) + ".json";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private <T> Optional<T> read(Path file, Class<T> type) {
        try {
            return Files.exists(file) ? Optional.of(json.readValue(file.toFile(), type)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void write(Path file, Object made) {
        try {
            Files.createDirectories(directory);
            Path part = Files.createTempFile(directory, "result", ".part");
            json.writeValue(part.toFile(), made);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // A full disk costs the next review its speed, and this one nothing.
        }
    }
}
