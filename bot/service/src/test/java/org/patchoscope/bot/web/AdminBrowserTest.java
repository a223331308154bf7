// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An administrator at work in Chromium, which holds to cookies' rules and to the policy of content. */
@QuarkusTest
@TestProfile(WithLogin.class)
class AdminBrowserTest extends InChromium {
    private static final List<String> PAGES =
            List.of("/admin/", "/admin/queue", "/admin/outbox", "/admin/policies", "/admin/dismissed");

    @Test
    void anAdministratorLogsInHasASeriesReviewedAgainAndLogsOut() {
        Page page = chromium.browse(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        page.onConsoleMessage(m -> complaints.add(m.type() + ": " + m.text()));
        page.navigate(here.resolve("/").toString());
        page.click("footer a:text-is(\"For administrators\")");
        page.waitForURL("**/admin/");
        assertThat(page.locator("h1").textContent()).isEqualTo("Administration");
        page.click(".admin nav a:text-is(\"Queue\")");
        page.click("button[aria-label=\"Review series 2 again\"]");
        page.waitForURL("**/admin/queue");
        page.click(".admin nav a:text-is(\"Overview\")");
        assertThat(page.locator("main").textContent()).contains("Mira K (mira)", "series 2: reviewed again");
        Chromium.picture(page, "admin");
        page.click(".admin button");
        page.waitForURL(here.resolve("/").toString());
        assertThat(complaints).isEmpty();
    }

    @Test
    void thePagesAreReadableOnAPhoneInLightAndDark() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = chromium.browse(
                    new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(390, 844));
            for (String path : PAGES) {
                page.navigate(here.resolve(path).toString());
                assertThat(page.url()).isEqualTo(here.resolve(path).toString());
                Object width = page.evaluate("() => document.documentElement.scrollWidth");
                assertThat(((Number) width).intValue()).as(path).isLessThanOrEqualTo(390);
                assertThat((List<?>) page.evaluate(Chromium.CONTRAST))
                        .as(scheme + " " + path)
                        .isEmpty();
                assertThat(page.locator("script, img").count()).isZero();
            }
        }
    }
}
