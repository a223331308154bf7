// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.report.Samples;
import org.patchoscope.bot.report.text.TextReportTest;
import org.patchoscope.bot.review.Review;

public class JsonReportTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void fitsTheSchema() throws Exception {
        JsonNode schema =
                MAPPER.readTree(Path.of("../../docs/report-schema.json").toFile());
        for (Review review : List.of(Samples.demo(), TextReportTest.hostile("\u001b\"\u202e"))) {
            assertThat(problems(schema, schema, MAPPER.readTree(JsonReport.render(review)), ""))
                    .isEmpty();
        }
    }

    @Test
    void theCheckIsAwake() throws Exception {
        JsonNode schema =
                MAPPER.readTree(Path.of("../../docs/report-schema.json").toFile());
        String wrong = JsonReport.render(Samples.demo())
                .replace("\"race-window\"", "\"RACE\"")
                .replace("\"place\"", "\"plaice\"");
        assertThat(problems(schema, schema, MAPPER.readTree(wrong), ""))
                .anyMatch(p -> p.endsWith("kind: none of the words"))
                .anyMatch(p -> p.endsWith("plaice: unknown"))
                .anyMatch(p -> p.endsWith("place: missing"));
    }

    @Test
    void isTheSameEveryTime() {
        assertThat(JsonReport.render(Samples.demo())).isEqualTo(JsonReport.render(Samples.demo()));
        assertThat(JsonReport.render(Samples.demo()))
                .startsWith("{\n  \"format\" : 1,\n  \"summary\" : \"Simulated on");
    }

    /** As much of JSON Schema as ours uses. */
    public static List<String> problems(JsonNode root, JsonNode schema, JsonNode value, String at) {
        if (schema.has("$ref")) {
            return problems(root, root.at(schema.get("$ref").asText().substring(1)), value, at);
        }
        List<String> out = new ArrayList<>();
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            out.add(at + ": none of the words");
        }
        if (schema.has("const") && !schema.get("const").equals(value)) {
            out.add(at + ": not the constant");
        }
        if (!typed(schema.path("type").asText(), value)) {
            out.add(at + ": not of type " + schema.get("type"));
        }
        schema.path("required").forEach(r -> {
            if (!value.has(r.asText())) {
                out.add(at + "/" + r.asText() + ": missing");
            }
        });
        value.properties().forEach(p -> {
            JsonNode inner = schema.path("properties").path(p.getKey());
            if (inner.isMissingNode()) {
                out.add(at + "/" + p.getKey() + ": unknown");
            } else {
                out.addAll(problems(root, inner, p.getValue(), at + "/" + p.getKey()));
            }
        });
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            out.addAll(problems(root, schema.get("items"), value.get(i), at + "/" + i));
        }
        return out;
    }

    private static boolean contains(JsonNode words, JsonNode value) {
        for (JsonNode word : words) {
            if (word.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean typed(String type, JsonNode value) {
        return switch (type) {
            case "string" -> value.isTextual();
            case "integer" -> value.isInt();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> true;
        };
    }
}
