// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.report.html;

import io.quarkus.qute.Expression;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.TemplateNode.Origin;
import org.patchoscope.bot.report.Words;

/**
 * The one place through which all text goes that a page shows: it takes away what cannot be seen or turns the reading direction
 * around, and escapes every value that a template shows, in text and in quoted attributes alike. Only {@link Markup} passes as it is,
 * and templates cannot make any (Qute's own {@code raw} has no effect here): text of a mail has no way through.
 */
public final class EscapeAll implements ResultMapper {
    @Override
    public boolean appliesTo(Origin origin, Object result) {
        return true;
    }

    @Override
    public String map(Object result, Expression expression) {
        return result instanceof Markup markup ? markup.html() : escape(result.toString());
    }

    private static String escape(String text) {
        return Words.visible(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
