// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.html;

import io.quarkus.qute.Engine;
import io.quarkus.qute.Template;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.patchoscope.bot.report.Links;
import org.patchoscope.bot.review.Review;

/** A review as one page of HTML that needs nothing else (no script, no font, no network), or as a part of a larger page. */
public final class HtmlReport {
    private static final Engine ENGINE = engine();
    private static final String STYLE = resource("report.css");

    private HtmlReport() {}

    /** Renders a review as a page of its own. */
    public static String render(Review review) {
        return template("report")
                .data("r", HtmlView.of(review, Links.NONE))
                .data("style", new Markup(STYLE))
                .render();
    }

    /** What stands between header and footer of such a page: table of verdicts, findings, how to check. */
    public static String body(Review review, Links links) {
        return template("report-body").data("r", HtmlView.of(review, links)).render();
    }

    /** One finding, by its number; nothing if there is none. */
    public static Optional<String> finding(Review review, Links links, int number) {
        return HtmlView.finding(review, links, number)
                .map(f -> template("report-finding").data("f", f).render());
    }

    /** All that there is to say of one patch, by its number, 0 for the whole series; nothing if there is none. */
    public static Optional<String> patch(Review review, Links links, int number) {
        return HtmlView.patch(review, links, number)
                .map(p -> template("report-patch")
                        .data("p", p)
                        .data("r", Map.of("fates", HtmlView.fates(review)))
                        .render());
    }

    /** The style sheet that {@link #body} is made for. */
    public static String style() {
        return STYLE;
    }

    private static Template template(String name) {
        return Objects.requireNonNull(ENGINE.getTemplate(name), name);
    }

    private static Engine engine() {
        Engine engine = Engine.builder()
                .addDefaults()
                .strictRendering(true)
                .addResultMapper(new EscapeAll())
                .build();
        for (String name :
                new String[] {"report-evidence", "report-finding", "report-patch", "report-body", "report"}) {
            engine.putTemplate(name, engine.parse(resource(name + ".html")));
        }
        return engine;
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name + " is part of this program", e);
        }
    }
}
