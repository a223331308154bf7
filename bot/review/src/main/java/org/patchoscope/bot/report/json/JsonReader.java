// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.patchoscope.bot.review.Review;

/** Reads what {@link JsonReport} wrote. What can be counted out of the rest (the index of findings) is not read back. */
public final class JsonReader {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .addModule(new SimpleModule().setDeserializerModifier(new EnumWords()))
            .build();

    private static final int OLD_BOUND = 2;

    private JsonReader() {}

    /**
     * The review that was written.
     *
     * @throws IllegalArgumentException where it is no report of this format
     */
    public static Review read(String json) {
        try {
            JsonNode tree = MAPPER.readTree(json);
            if (tree.path("format").asInt() != JsonReport.FORMAT) {
                throw new IllegalArgumentException("not a report of format " + JsonReport.FORMAT);
            }
            addWhatCameLater(tree);
            return MAPPER.treeToValue(tree, Review.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a report: " + e.getOriginalMessage(), e);
        }
    }

    /**
     * Reports are kept for years. What an older one could not say yet is taken from a unit in which nothing of it was
     * measured, so that a member that is added to it later needs no word here.
     */
    private static void addWhatCameLater(JsonNode tree) {
        Review.Unit plain = Review.Unit.unmeasured(
                "", "", Review.Verdict.NOT_ANALYSED, List.of(), List.of(), List.of(), List.of(), List.of());
        ObjectNode unmeasured = MAPPER.valueToTree(plain);
        if (tree instanceof ObjectNode review) {
            review.putIfAbsent("beside", MAPPER.createArrayNode());
            review.putIfAbsent("subject", MAPPER.valueToTree("series"));
        }
        for (String part : new String[] {"patches", "whole"}) {
            for (JsonNode patch : tree.path(part)) {
                for (JsonNode unit : patch.path("units")) {
                    if (unit instanceof ObjectNode node) {
                        unmeasured.properties().forEach(e -> node.putIfAbsent(e.getKey(), e.getValue()));
                        for (JsonNode root : node.path("roots")) {
                            if (root instanceof ObjectNode verdict) {
                                verdict.putIfAbsent("alike", MAPPER.createArrayNode());
                                addBound(node, verdict);
                            }
                            root.path("findings").forEach(JsonReader::addWhatWasLeftOut);
                        }
                        for (String member : new String[] {"tracing", "code"}) {
                            JsonNode nothing = unmeasured.path(member);
                            if (node.get(member) instanceof ObjectNode measured) {
                                nothing.properties().forEach(e -> measured.putIfAbsent(e.getKey(), e.getValue()));
                            }
                        }
                    }
                }
            }
        }
    }

    /** Older reports said "equivalent" of what was cut at the loop bound, which then was two turns. */
    private static void addBound(ObjectNode unit, ObjectNode root) {
        if (!root.has("loops")) {
            boolean cut = root.path("bounded").asInt() > 0;
            root.put("loops", cut ? OLD_BOUND : 0);
            JsonNode within = MAPPER.valueToTree("equal-within-bound");
            for (ObjectNode said : List.of(root, unit)) {
                if (cut && said.path("verdict").asText().equals("equivalent")) {
                    said.set("verdict", within);
                }
            }
        }
    }

    /** Older reports quoted a hunk, and did not say which others may be the reason. */
    private static void addCause(ObjectNode finding) {
        if (!finding.has("cause")) {
            ObjectNode cause = MAPPER.valueToTree(Review.Cause.UNKNOWN);
            if (finding.has("hunk")) {
                cause.set("quote", finding.get("hunk"));
            }
            finding.set("cause", cause);
        } else if (finding.get("cause") instanceof ObjectNode cause) {
            cause.putIfAbsent("users", MAPPER.createArrayNode());
        }
    }

    /** The first sixty pairs of paths had their conditions worked out, and the first one of a race. */
    private static void addWhatWasLeftOut(JsonNode finding) {
        int done = finding.path("kind").asText().equals("race-window") ? 1 : 60;
        int further = Math.max(0, finding.path("pairs").asInt() - done);
        if (finding instanceof ObjectNode node) {
            addCause(node);
            node.putIfAbsent("further", MAPPER.valueToTree(further));
        }
    }

    /** {@code race-window} is read as {@code RACE_WINDOW}, of whatever enum: they are all written so. */
    private static final class EnumWords extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyEnumDeserializer(
                DeserializationConfig config, JavaType type, BeanDescription bean, JsonDeserializer<?> usual) {
            return new EnumWord(type.getRawClass());
        }
    }

    private static final class EnumWord extends StdDeserializer<Enum<?>> {
        private static final long serialVersionUID = 1L;

        EnumWord(Class<?> type) {
            super(type);
        }

        @Override
        public Enum<?> deserialize(JsonParser in, DeserializationContext context) throws IOException {
            String word = in.getText();
            for (Object constant : handledType().getEnumConstants()) {
                if (constant instanceof Enum<?> e
                        && e.name().equals(word.toUpperCase(Locale.ROOT).replace('-', '_'))) {
                    return e;
                }
            }
            return (Enum<?>) context.handleWeirdStringValue(handledType(), word, "no word of a report");
        }
    }
}
