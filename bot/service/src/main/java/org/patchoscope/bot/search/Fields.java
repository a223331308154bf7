// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.search;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What can be asked for by name. Names are part of people's bookmarks: they stay. */
enum Fields {
    TYPE("type", Kind.WORD, true),
    ARCH("arch", Kind.WORD, true),
    VERDICT("verdict", Kind.WORD, true),
    FUNCTION("function", Kind.TEXT, true),
    FLAG("flag", Kind.TEXT, true),
    EVENT("event", Kind.TEXT, true),
    CONFIG("config", Kind.TEXT, true),
    FILE("file", Kind.TEXT, true),
    LIST("list", Kind.TEXT, true),
    AUTHOR("author", Kind.TEXT, true),
    TITLE("title", Kind.TEXT, false),
    SERIES("series", Kind.TEXT, false),
    CONDITION("condition", Kind.TEXT, false),
    FATE("fate", Kind.WORD, false),
    PROMISE("promise", Kind.WORD, true),
    SEVERITY("severity", Kind.WORD, true),
    TOPIC("topic", Kind.NUMBER, false),
    VERSION("version", Kind.NUMBER, false),
    PATCH("patch", Kind.NUMBER, false),
    DATE("date", Kind.DAY, false);

    /** How a field is asked. */
    enum Kind {
        /** Analysed by {@link NameAnalyzer}. */
        TEXT,
        /** One of a few words. */
        WORD,
        /** An integer, or a range of them. */
        NUMBER,
        /** A day, a month or a year, or a range of them. */
        DAY
    }

    /** The prefixes of public-inbox, which reviewers type anyway. */
    private static final Map<String, Fields> AS_ARCHIVES_SAY =
            Map.of("s", TITLE, "f", AUTHOR, "dfn", FILE, "dfhh", FUNCTION, "d", DATE, "l", LIST);

    /** Everything else there is to read of a document. */
    static final String ALL = "all";

    private final String key;
    private final Kind kind;
    private final boolean facet;

    Fields(String key, Kind kind, boolean facet) {
        this.key = key;
        this.kind = kind;
        this.facet = facet;
    }

    String key() {
        return key;
    }

    Kind kind() {
        return kind;
    }

    boolean facet() {
        return facet;
    }

    static Optional<Fields> named(String name) {
        Fields archive = AS_ARCHIVES_SAY.get(name.toLowerCase(Locale.ROOT));
        return archive != null
                ? Optional.of(archive)
                : List.of(values()).stream()
                        .filter(f -> f.key.equalsIgnoreCase(name))
                        .findFirst();
    }

    static List<Fields> facets() {
        return List.of(values()).stream().filter(f -> f.facet).toList();
    }
}
