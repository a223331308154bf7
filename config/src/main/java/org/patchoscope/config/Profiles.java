// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.config;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The architecture profiles that come with Patchoscope; unknown keys in them are errors. */
public final class Profiles {
    private final ObjectMapper yaml = mapper();

    private static ObjectMapper mapper() {
        ObjectMapper mapper =
                new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        JsonSetter.Value empty = JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
        mapper.configOverride(List.class).setSetterInfo(empty);
        mapper.configOverride(Map.class).setSetterInfo(empty);
        mapper.configOverride(String.class).setSetterInfo(empty);
        return mapper;
    }

    /**
     * The shipped profile of an architecture, or of the demo's miniature kernel ({@code demo-arm64}).
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public ArchProfile shipped(String name) {
        return read(name, ArchProfile.class);
    }

    /** The shipped table of what a system call's entry shows to the outside, on all architectures. */
    public EntryEvents events() {
        return read("events", EntryEvents.class);
    }

    /** The shipped table of who sets which flag of a task, on all architectures. */
    public List<FlagUsers> users() {
        return List.of(read("users", FlagUsers[].class));
    }

    private <T> T read(String name, Class<T> type) {
        try (InputStream in = Profiles.class.getResourceAsStream("profiles/" + name + ".yaml")) {
            if (in == null) {
                throw new IllegalArgumentException("no profile named " + name + " is shipped");
            }
            return yaml.readValue(in, type);
        } catch (IOException e) {
            throw new UncheckedIOException("profile " + name + " cannot be read", e);
        }
    }

    /**
     * A profile as text, in the form of the shipped ones.
     *
     * @throws IllegalArgumentException if it has not that form
     */
    public ArchProfile read(String text) {
        try {
            return yaml.readValue(text, ArchProfile.class);
        } catch (IOException e) {
            throw new IllegalArgumentException("not a profile: " + e.getMessage(), e);
        }
    }
}
