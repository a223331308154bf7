// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.patchoscope.bot.pipeline.ReviewException;

/** All settings in one YAML file. Its keys are those of {@link ServiceConfig}; another one is a mistake, and said to be. */
final class SettingsFile {
    /** What the names of settings begin with as properties. */
    static final String PREFIX = "patchoscope.service.";

    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private SettingsFile() {}

    /** Settings by name, {@code mail.host}, in the order of the file. */
    static Map<String, String> read(Path file) throws ReviewException {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new ReviewException("cannot be read: " + e, file.toString(), "check its name and rights");
        }
    }

    static Map<String, String> parse(String yaml, String where) throws ReviewException {
        Map<String, String> out = new LinkedHashMap<>();
        try {
            JsonNode root = MAPPER.readTree(yaml);
            if (!root.isMissingNode() && !root.isNull()) {
                flatten("", root, out, where);
            }
        } catch (JsonProcessingException e) {
            // What follows the first line quotes the file, where a password may be.
            String what = e.getOriginalMessage().lines().findFirst().orElse("");
            String place =
                    e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
            throw new ReviewException("not YAML: " + what, where + place, "see deploy/patchoscope.yaml");
        }
        Set<String> known = known(ServiceConfig.class, "");
        for (String key : out.keySet()) {
            if (!known.contains(key)) {
                throw new ReviewException(
                        "no setting is called " + key,
                        where,
                        Spelling.near(key, known)
                                .map(n -> "write " + n)
                                .orElse("there are " + String.join(", ", known)));
            }
        }
        return out;
    }

    private static void flatten(String name, JsonNode node, Map<String, String> out, String where)
            throws ReviewException {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> e : node.properties()) {
                flatten(name.isEmpty() ? e.getKey() : name + "." + e.getKey(), e.getValue(), out, where);
            }
        } else if (name.isEmpty()) {
            throw new ReviewException("not a file of settings", where, "see deploy/patchoscope.yaml");
        } else if (node.isArray()) {
            // As the library that reads settings splits them again.
            out.put(
                    name,
                    StreamSupport.stream(node.spliterator(), false)
                            .map(n -> n.asText().replace("\\", "\\\\").replace(",", "\\,"))
                            .collect(Collectors.joining(",")));
        } else if (!node.isNull()) {
            out.put(name, node.asText());
        }
    }

    /** The variable of the environment that goes before a setting of the file. */
    static String variable(String name) {
        return (PREFIX + name).toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    /** Names of all settings. */
    static Set<String> known(Class<?> settings, String before) {
        Set<String> out = new TreeSet<>();
        for (Method m : settings.getMethods()) {
            String name = before + m.getName();
            if (m.getReturnType().isInterface() && m.getReturnType().getEnclosingClass() == ServiceConfig.class) {
                out.addAll(known(m.getReturnType(), name + "."));
            } else {
                out.add(name);
            }
        }
        return out;
    }
}
