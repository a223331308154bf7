// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.qute.Engine;
import io.quarkus.qute.ReflectionValueResolver;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.patchoscope.bot.report.html.EscapeAll;
import org.patchoscope.bot.report.html.HtmlReport;
import org.patchoscope.bot.report.html.Markup;
import org.patchoscope.bot.web.access.Login;

/** Shows pages: the frame around each, their templates, and their JSON. */
@Singleton
final class Site {
    private static final List<String> TEMPLATES = List.of(
            "start",
            "search",
            "review",
            "part",
            "series",
            "topic",
            "function",
            "list",
            "lists",
            "status",
            "message",
            "outbox",
            "reply",
            "admin",
            "admin-queue",
            "admin-outbox",
            "admin-reply",
            "admin-policies",
            "admin-dismissed",
            "admin-refused");

    private final Engine engine;
    private final ObjectMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private final String style;
    private final String styleAddress;

    private final Login login;

    Site(Login login) {
        this.login = login;
        engine = Engine.builder()
                .addDefaults()
                .addValueResolver(new ReflectionValueResolver())
                .strictRendering(true)
                .addResultMapper(new EscapeAll())
                .build();
        TEMPLATES.forEach(t -> engine.putTemplate(t, engine.parse(resource(t + ".html"))));
        engine.putTemplate("admin-head", engine.parse(resource("admin-head.html")));
        engine.putTemplate("feed", engine.parse(resource("feed.xml")));
        engine.putTemplate("frame", engine.parse(resource("frame.html")));
        style = HtmlReport.style() + resource("site.css");
        // Named by its content, so that it may be kept for ever.
        styleAddress = "/style-" + Integer.toHexString(style.hashCode()) + ".css";
    }

    String html(View view) {
        String body = Objects.requireNonNull(engine.getTemplate(view.template()), view.template())
                .data("p", view.data())
                .data("login", login.offered())
                .render();
        return Objects.requireNonNull(engine.getTemplate("frame"))
                .data("view", view)
                .data("login", login.offered())
                .data("style", styleAddress)
                .data("body", new Markup(body))
                .render();
    }

    String feed(Object data) {
        return Objects.requireNonNull(engine.getTemplate("feed"))
                .data("p", data)
                .render();
    }

    String json(Object data) {
        try {
            return json.writeValueAsString(data) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a page is plain data and can always be written", e);
        }
    }

    <T> T fromJson(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("it was written by this program", e);
        }
    }

    String icon() {
        return resource("icon.svg");
    }

    String style() {
        return style;
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Site.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name + " is part of this program", e);
        }
    }
}
