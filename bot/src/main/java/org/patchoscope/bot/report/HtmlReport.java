// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report;

import io.quarkus.qute.Engine;
import io.quarkus.qute.Expression;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateNode.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.patchoscope.bot.review.Review;

/** A review as one page of HTML that needs nothing else: no script, no font, no network. */
public final class HtmlReport {
    private static final Template TEMPLATE = template();

    private HtmlReport() {}

    /** Renders a review. */
    public static String render(Review review) {
        return TEMPLATE.data("r", HtmlView.of(review)).render();
    }

    private static Template template() {
        Engine engine = Engine.builder()
                .addDefaults()
                .strictRendering(true)
                .addResultMapper(new EscapeAll())
                .build();
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.html"))) {
            return engine.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("report.html is part of this program", e);
        }
    }

    /** Escapes every value: the template has no way to pass one on raw. */
    private static final class EscapeAll implements ResultMapper {
        @Override
        public boolean appliesTo(Origin origin, Object result) {
            return true;
        }

        @Override
        public String map(Object result, Expression expression) {
            return result.toString()
                    .replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;")
                    .replace("'", "&#39;");
        }
    }
}
