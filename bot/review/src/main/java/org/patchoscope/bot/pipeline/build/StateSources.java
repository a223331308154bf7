// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline.build;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.patchoscope.bot.pipeline.build.StateBuilder.Built;
import org.patchoscope.bot.pipeline.build.StateBuilder.BuiltObject;
import org.patchoscope.semantics.compare.ProgramComparison;
import org.patchoscope.semantics.source.SameSource;
import org.patchoscope.semantics.source.SourceFacts;

/** What the C sources of two states say of functions and variables, read where a comparison asks for it, and once. */
public final class StateSources implements ProgramComparison.Sources {
    private final Built before;
    private final Built after;
    private final Map<Set<String>, Optional<SourceFacts>> known = new HashMap<>();

    public StateSources(Built before, Built after) {
        this.before = before;
        this.after = after;
    }

    @Override
    public Optional<SourceFacts> facts(Set<String> structures) {
        return known.computeIfAbsent(structures, this::read);
    }

    /**
     * A function counts as the same where every object that has one of its name says so, or has what others say is the
     * same for the first time: a header may be a new one for a file.
     */
    private Optional<SourceFacts> read(Set<String> structures) {
        Map<String, Set<String>> same = new TreeMap<>();
        Set<String> other = new HashSet<>();
        Set<String> touched = new HashSet<>();
        Set<String> rewritten = new HashSet<>();
        List<Map<String, String>> alone = new ArrayList<>();
        Map<String, String> variables = new HashMap<>();
        Set<String> old = before.objects().stream().map(BuiltObject::name).collect(Collectors.toSet());
        SameSource sources = new SameSource();
        boolean any = false;
        for (BuiltObject o : after.objects()) {
            Optional<SameSource.Source> now =
                    after.sources().preprocessed(o.name()).map(sources::read);
            Optional<String> then = old.contains(o.name()) ? before.sources().preprocessed(o.name()) : Optional.empty();
            any |= now.isPresent();
            if (now.isPresent()) {
                variables.putAll(SameSource.variables(now.get(), structures));
                SameSource.Functions f = SameSource.functions(sources.read(then.orElse("")), now.get());
                f.same()
                        .forEach((n, text) ->
                                same.computeIfAbsent(n, k -> new HashSet<>()).add(text));
                other.addAll(f.other());
                touched.addAll(f.touched());
                f.other().stream().filter(n -> !f.touched().contains(n)).forEach(rewritten::add);
                alone.add(f.alone());
            }
        }
        alone.forEach(a -> a.forEach((n, text) -> {
            if (!same.getOrDefault(n, Set.of()).contains(text)) {
                other.add(n);
                rewritten.add(n);
            }
        }));
        touched.removeAll(rewritten);
        Set<String> names = new HashSet<>(same.keySet());
        names.removeAll(other);
        return any ? Optional.of(new SourceFacts(names, other, touched, variables)) : Optional.empty();
    }
}
