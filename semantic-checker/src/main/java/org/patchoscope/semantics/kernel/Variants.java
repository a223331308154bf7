// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import org.patchoscope.semantics.kernel.config.OptionScopes;
import org.patchoscope.semantics.kernel.config.Variant;

/**
 * Single-option variations around a configuration, the most telling first: options that decide what the names in and
 * around the changed lines mean. Only options that the objects read by Kbuild's dependency lists are proposed.
 */
final class Variants {
    /** About a function before and after a hunk; the text is not parsed. */
    private static final int NEIGHBOURHOOD = 30;

    private static final double CHANGED_LINE = 4;

    private final Prepared prepared;
    private final KconfigPrompts prompts;

    Variants(Prepared prepared) throws IOException {
        this.prepared = prepared;
        this.prompts = KconfigPrompts.of(prepared);
    }

    /**
     * Ranks.
     *
     * @param sources the files that the objects of {@code state} read
     * @param read options that they read
     */
    List<Variant> ranked(SourceState state, SortedSet<String> sources, Set<String> read) throws IOException {
        OptionScopes scopes = new OptionScopes();
        for (String path : sources) {
            Optional<String> text = text(state, path);
            if (text.isPresent()) {
                scopes.read(text.get());
            }
        }
        Map<String, Double> words = new HashMap<>();
        for (String path : state.replaced().keySet()) {
            if (sources.contains(path)) {
                weigh(state, path, words);
            }
        }
        Map<String, Double> scores = new TreeMap<>();
        words.forEach((word, near) -> scopes.optionsOf(word).stream()
                .filter(read::contains)
                .forEach(option -> prompts.handle(option)
                        .ifPresent(handle -> scores.merge(handle, near * scopes.weight(word), Double::sum))));
        return variants(scores);
    }

    private List<Variant> variants(Map<String, Double> scores) {
        Comparator<Map.Entry<String, Double>> best = Map.Entry.comparingByValue(Comparator.reverseOrder());
        List<Variant> variants = new ArrayList<>();
        scores.entrySet().stream()
                .sorted(best.thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> {
                    String option = entry.getKey();
                    // An option that .config does not even mention cannot be set by itself.
                    String value = prepared.config().values().getOrDefault(option, "");
                    if (value.equals("y") || value.equals("n")) {
                        String setting = option + "=" + (value.equals("y") ? "n" : "y");
                        List<String> settings =
                                new ArrayList<>(prepared.variant().settings());
                        settings.add(setting);
                        variants.add(new Variant(setting.substring("CONFIG_".length()), settings));
                    }
                });
        return List.copyOf(variants);
    }

    /** Words in changed lines, and with less weight words near them. */
    private static void weigh(SourceState state, String path, Map<String, Double> words) throws IOException {
        List<String> after = text(state, path).orElse("").lines().toList();
        Map<String, Long> before = new LinkedHashMap<>();
        text(state.withoutChanges(), path).orElse("").lines().forEach(line -> before.merge(line, 1L, Long::sum));
        double[] near = new double[after.size()];
        for (int i = 0; i < near.length; i++) {
            if (before.merge(after.get(i), -1L, Long::sum) < 0) {
                int from = Math.max(0, i - NEIGHBOURHOOD);
                int to = Math.min(near.length, i + NEIGHBOURHOOD);
                Arrays.setAll(near, at -> at >= from && at < to ? Math.max(near[at], 1) : near[at]);
                near[i] = CHANGED_LINE;
            }
        }
        Set<String> gone = new HashSet<>();
        before.forEach((line, left) -> {
            if (left > 0) {
                gone.addAll(OptionScopes.words(line));
            }
        });
        gone.forEach(word -> words.merge(word, CHANGED_LINE, Math::max));
        for (int i = 0; i < near.length; i++) {
            double weight = near[i];
            if (weight > 0) {
                OptionScopes.words(after.get(i)).forEach(word -> words.merge(word, weight, Math::max));
            }
        }
    }

    private static Optional<String> text(SourceState state, String path) throws IOException {
        Optional<byte[]> replacement = state.replacement(path);
        if (replacement.isEmpty() && !state.exists(path)) {
            return Optional.empty();
        }
        byte[] content = replacement.isPresent()
                ? replacement.get()
                : Files.readAllBytes(state.baseDir().resolve(path));
        return Optional.of(new String(content, StandardCharsets.ISO_8859_1));
    }
}
