// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.pipeline;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.patchoscope.bot.pipeline.StateBuilder.Built;
import org.patchoscope.bot.pipeline.StateBuilder.BuiltObject;
import org.patchoscope.semantics.object.DebugInfo;
import org.patchoscope.semantics.object.DebugInfoReader;
import org.patchoscope.semantics.object.ObjectException;
import org.patchoscope.semantics.object.ObjectFile;
import org.patchoscope.semantics.object.ObjectReader;

/** Objects as the simulator sees them, each read once. */
public final class LoadedObjects {
    record Loaded(ObjectFile object, DebugInfo debug) {}

    private final DebugInfoReader debugInfo;
    private final Map<String, Loaded> loaded = new HashMap<>();
    private final Map<String, String> codeKeys = new HashMap<>();

    public LoadedObjects(DebugInfoReader debugInfo) {
        this.debugInfo = debugInfo;
    }

    Loaded of(BuiltObject o) throws ObjectException {
        String key = o.name() + " " + o.key();
        Loaded known = loaded.get(key);
        if (known == null) {
            known = new Loaded(new ObjectReader().read(o.name(), o.file()), debugInfo.read(o.file()));
            loaded.put(key, known);
        }
        return known;
    }

    /**
     * A key of everything that a comparison looks at: code, data, symbols, relocations, prototypes, layouts, constants.
     * Two configurations whose states have equal keys cannot differ in the result.
     */
    String codeKey(Built built) throws ObjectException {
        MessageDigest digest = sha256();
        for (BuiltObject o : built.objects()) {
            String known = codeKeys.get(o.key());
            if (known == null) {
                known = codeKey(of(o));
                codeKeys.put(o.key(), known);
            }
            add(digest, o.name());
            add(digest, known);
        }
        add(digest, new TreeMap<>(built.failures()).toString());
        add(digest, new TreeMap<>(built.macros()).toString());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String codeKey(Loaded l) {
        MessageDigest digest = sha256();
        ObjectFile object = l.object();
        Set<Integer> ofDebugger = object.sections().stream()
                .filter(s -> s.name().startsWith(".debug") || s.name().startsWith(".rela.debug"))
                .map(ObjectFile.Section::index)
                .collect(Collectors.toSet());
        for (ObjectFile.Section s : object.sections()) {
            if (!ofDebugger.contains(s.index())) {
                add(digest, s.index() + s.name());
                digest.update(s.data());
            }
        }
        new TreeSet<>(object.symbols().keySet())
                .forEach(name -> add(digest, String.valueOf(object.symbols().get(name))));
        new TreeMap<>(object.relocations()).forEach((section, all) -> {
            if (!ofDebugger.contains(section)) {
                add(digest, section + all.toString());
            }
        });
        DebugInfo debug = l.debug();
        add(digest, new TreeMap<>(debug.prototypes()).toString());
        add(digest, new TreeMap<>(debug.structures()).toString());
        add(digest, new TreeMap<>(debug.locals()).toString());
        new TreeMap<>(debug.callSites()).forEach((function, sites) -> add(digest, function + new TreeMap<>(sites)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
