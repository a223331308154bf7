// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.jobs;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.patchoscope.config.ArchProfile;
import org.patchoscope.config.Profiles;
import org.patchoscope.mail.series.Series;

/**
 * Whether a series can matter to entry and exit code: it touches the source of an object that the profiles name, or a
 * header that such a source may include. Wide on purpose: a review of too much costs a minute, one of too little is silence.
 */
public record Relevance(Set<String> sources, List<String> headers) {
    /** Of the profiles that come along. */
    public static final Relevance SHIPPED = of(Stream.of("arm64", "x86-64")
            .map(arch -> new Profiles().shipped(arch))
            .toList());

    /** Makes one. */
    public Relevance {
        sources = Set.copyOf(sources);
        headers = List.copyOf(headers);
    }

    static Relevance of(List<ArchProfile> profiles) {
        Set<String> sources = profiles.stream()
                .flatMap(p -> p.objects().stream())
                .map(o -> o.replaceFirst("\\.o$", ""))
                .collect(Collectors.toSet());
        return new Relevance(
                sources,
                List.of(
                        "arch/arm64/include/",
                        "arch/x86/include/",
                        "arch/x86/entry/",
                        "include/linux/",
                        "include/asm-generic/",
                        "kernel/entry/"));
    }

    /** Whether it matters. */
    public boolean concerns(Series series) {
        return series.patches().stream().flatMap(p -> p.touchedPaths().stream()).anyMatch(this::concerns);
    }

    private boolean concerns(String path) {
        return sources.contains(path.replaceFirst("\\.[cS]$", ""))
                || (path.endsWith(".h") && headers.stream().anyMatch(path::startsWith));
    }
}
