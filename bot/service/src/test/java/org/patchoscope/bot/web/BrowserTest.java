// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages in Debian's Chromium; pictures of them go to {@code target/pictures}. */
@QuarkusTest
@TestProfile(OwnData.class)
class BrowserTest extends InChromium {
    @Test
    void aReviewerSearchesNarrowsDownAndReads() {
        Page page = chromium.browse(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        page.navigate(here.toString());
        Chromium.picture(page, "start");
        page.fill("#q", "_TIF_SYSCALL_AUDIT");
        page.press("#q", "Enter");
        page.waitForURL("**/search?q=*");
        assertThat(page.locator(".hits > li").count()).isGreaterThan(3);
        assertThat(page.locator("mark").first().textContent()).isEqualTo("_TIF_SYSCALL_AUDIT");
        Chromium.picture(page, "search");
        page.click("nav.facets a:text-is(\"race-window\")");
        page.waitForURL("**&f=*");
        assertThat(page.locator(".chosen a").count()).isEqualTo(1);
        assertThat(page.locator(".meta .v-changed").count()).isZero();
        page.click(".hits h2 a >> nth=0");
        page.waitForURL("**/r/1/*");
        assertThat(page.locator("article .trace").count()).isEqualTo(1);
        Chromium.picture(page, "review");
    }

    @Test
    void nothingThatMailsSayRunsOrLoads() {
        Page page = chromium.browse(new Browser.NewContextOptions());
        page.onDialog(d -> complaints.add("dialog: " + d.message()));
        page.onConsoleMessage(m -> complaints.add(m.type() + ": " + m.text()));
        page.onRequest(r -> {
            if (!r.url().startsWith(here.resolve("/").toString())) {
                complaints.add("loads " + r.url());
            }
        });
        for (String path :
                List.of("/", "/r/2", "/s/2", "/t/2", "/search?q=alert", "/search?q=%3Cscript%3E", "/status")) {
            page.navigate(here.resolve(path).toString());
            assertThat(page.locator("script, img, main style").count()).as(path).isZero();
            assertThat(page.locator("h1").first().isVisible() || path.equals("/") || path.startsWith("/search"))
                    .as(path)
                    .isTrue();
        }
        assertThat(complaints).isEmpty();
    }

    @Test
    void noPageIsWiderThanAPhone() {
        Page page = chromium.browse(new Browser.NewContextOptions().setViewportSize(390, 844));
        for (String path :
                List.of("/", "/r/1", "/r/2", "/s/1", "/t/1", "/search?q=audit", "/status", "/f/do_el0_svc")) {
            page.navigate(here.resolve(path).toString());
            Object width = page.evaluate("() => document.documentElement.scrollWidth");
            assertThat(((Number) width).intValue()).as(path).isLessThanOrEqualTo(390);
            Object narrowest = page.evaluate(
                    "() => Math.min(390, ...[...document.querySelectorAll('th[scope=row]')].map(e => e.clientWidth))");
            assertThat(((Number) narrowest).intValue())
                    .as("column of words, " + path)
                    .isGreaterThan(30);
        }
        Chromium.picture(page, "phone");
    }

    @Test
    void textCanBeReadInLightAndInDark() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = chromium.browse(new Browser.NewContextOptions().setColorScheme(scheme));
            for (String path : List.of("/", "/r/1", "/search?q=audit")) {
                page.navigate(here.resolve(path).toString());
                @SuppressWarnings("unchecked") // What the script below returns.
                List<Map<String, Object>> poor = (List<Map<String, Object>>) page.evaluate(Chromium.CONTRAST);
                assertThat(poor).as(scheme + " " + path).isEmpty();
            }
            Chromium.picture(page, "search-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    @Test
    void everythingIsReachedByKeyboardAndHasAName() {
        Page page = chromium.browse(new Browser.NewContextOptions());
        for (String path : List.of("/", "/r/1", "/search?q=audit", "/t/1", "/status")) {
            page.navigate(here.resolve(path).toString());
            page.keyboard().press("Tab");
            assertThat(page.evaluate("() => document.activeElement.className"))
                    .as(path)
                    .isEqualTo("skip");
            Object nameless = page.evaluate(
                    "() => [...document.querySelectorAll('a, button, input')].filter(e =>"
                            + " !(e.textContent.trim() || e.getAttribute('aria-label') || (e.labels && e.labels.length))).length");
            assertThat(nameless).as(path).isEqualTo(0);
            Object ids = page.evaluate(
                    "() => { const a = [...document.querySelectorAll('[id]')].map(e => e.id); return a.length - new Set(a).size }");
            assertThat(ids).as(path).isEqualTo(0);
        }
    }
}
