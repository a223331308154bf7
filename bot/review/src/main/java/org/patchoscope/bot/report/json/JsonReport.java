// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.patchoscope.bot.report.Headline;
import org.patchoscope.bot.report.Numbered;
import org.patchoscope.bot.report.WholeSeries;
import org.patchoscope.bot.review.Review;
import org.patchoscope.bot.review.TracingReport;
import org.patchoscope.bot.review.VersionComparison;

/**
 * A review as JSON, {@code docs/report-schema.json}. Keys come in the order of the records, so equal reviews give equal
 * bytes. Text of mails is passed on as it is: whoever shows it has to escape it.
 */
public final class JsonReport {
    /** Raised when a reader of an older report would misunderstand a newer one. */
    static final int FORMAT = 1;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(new EnumWords()))
            .build();

    private JsonReport() {}

    /** Renders a review, two spaces a level, with a line feed at the end. */
    public static String render(Review review) {
        return write(tree(review));
    }

    /** Renders what {@code patchoscope tracing} found, {@code docs/tracing-schema.json}. */
    public static String render(TracingReport report) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.setAll(MAPPER.<ObjectNode>valueToTree(report));
        return write(root);
    }

    /** Renders what {@code patchoscope compare} found, {@code docs/compare-schema.json}. */
    public static String render(VersionComparison comparison) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        root.set("carried", MAPPER.valueToTree(comparison.carried()));
        root.set("difference", tree(comparison.difference()));
        root.set("older", tree(comparison.older()));
        root.set("newer", tree(comparison.newer()));
        return write(root);
    }

    private static String write(ObjectNode tree) {
        DefaultIndenter two = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(two).withArrayIndenter(two);
        try {
            return MAPPER.writer(printer).writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is plain data and can always be written", e);
        }
    }

    private static ObjectNode tree(Review review) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format", FORMAT);
        List<Numbered> findings = Numbered.of(review);
        root.put("summary", new Headline(review, findings).result());
        root.setAll(MAPPER.<ObjectNode>valueToTree(review));
        WholeSeries whole = new WholeSeries(review);
        ArrayNode index = root.putArray("findings");
        for (Numbered finding : findings) {
            ObjectNode node = index.addObject();
            node.put("number", finding.number());
            node.put("id", finding.finding().id());
            node.set(
                    "also",
                    MAPPER.valueToTree(
                            finding.also().stream().map(a -> a.finding().id()).toList()));
            node.put("patch", finding.patch());
            node.put("arch", finding.arch());
            node.set("kind", MAPPER.valueToTree(finding.finding().kind()));
            node.set("configurations", MAPPER.valueToTree(finding.configurations()));
            node.set("functions", MAPPER.valueToTree(finding.functions()));
            node.set("atEndOfSeries", MAPPER.valueToTree(whole.fate(finding)));
        }
        return root;
    }

    /** {@code RACE_WINDOW} is written {@code race-window}. */
    @SuppressWarnings("rawtypes") // Jackson asks for the raw class.
    private static final class EnumWords extends StdSerializer<Enum> {
        EnumWords() {
            super(Enum.class);
        }

        @Override
        public void serialize(Enum value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        }
    }
}
