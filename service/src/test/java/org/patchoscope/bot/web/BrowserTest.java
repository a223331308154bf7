// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.patchoscope.bot.search.ReviewIndex;
import org.patchoscope.bot.store.ReviewStore;
import org.patchoscope.bot.store.SeriesStore;

/** The pages in Debian's Chromium; pictures of them go to {@code target/pictures}. */
@QuarkusTest
@TestProfile(OwnData.class)
class BrowserTest {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    @TestHTTPResource
    private URI here = URI.create("http://localhost");

    @Inject
    SeriesStore series;

    @Inject
    ReviewStore reviews;

    @Inject
    ReviewIndex index;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    @BeforeEach
    void fill() throws IOException {
        assumeTrue(Files.isExecutable(CHROMIUM), "no " + CHROMIUM + " here (Debian: chromium)");
        OwnData.fill(series, reviews, index);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable c : open.reversed()) {
            c.close();
        }
    }

    @Test
    void aReviewerSearchesNarrowsDownAndReads() {
        Page page = browse(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        page.navigate(here.toString());
        picture(page, "start");
        page.fill("#q", "_TIF_SYSCALL_AUDIT");
        page.press("#q", "Enter");
        page.waitForURL("**/search?q=*");
        assertThat(page.locator(".hits > li").count()).isGreaterThan(4);
        assertThat(page.locator("mark").first().textContent()).isEqualTo("_TIF_SYSCALL_AUDIT");
        picture(page, "search");
        page.click("nav.facets a:text-is(\"race-window\")");
        page.waitForURL("**&f=*");
        assertThat(page.locator(".chosen a").count()).isEqualTo(1);
        assertThat(page.locator(".meta .v-changed").count()).isZero();
        page.click(".hits h2 a >> nth=0");
        page.waitForURL("**/r/1#*");
        assertThat(page.locator("article .trace").count()).isEqualTo(5);
        picture(page, "review");
    }

    @Test
    void nothingThatMailsSayRunsOrLoads() {
        Page page = browse(new Browser.NewContextOptions());
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
        Page page = browse(new Browser.NewContextOptions().setViewportSize(390, 844));
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
        picture(page, "phone");
    }

    @Test
    void textCanBeReadInLightAndInDark() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = browse(new Browser.NewContextOptions().setColorScheme(scheme));
            for (String path : List.of("/", "/r/1", "/search?q=audit")) {
                page.navigate(here.resolve(path).toString());
                @SuppressWarnings("unchecked") // What the script below returns.
                List<Map<String, Object>> poor = (List<Map<String, Object>>) page.evaluate(CONTRAST);
                assertThat(poor).as(scheme + " " + path).isEmpty();
            }
            picture(page, "search-" + scheme.name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    @Test
    void everythingIsReachedByKeyboardAndHasAName() {
        Page page = browse(new Browser.NewContextOptions());
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

    /** Texts whose contrast to what is behind them is below 4.5 (WCAG 2.2, 1.4.3). */
    private static final String CONTRAST = """
            () => {
              const rgb = c => (c.match(/[\\d.]+/g) || []).map(Number);
              const lum = c => { const [r, g, b] = c.slice(0, 3).map(v => { v /= 255;
                return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4) }); return 0.2126 * r + 0.7152 * g + 0.0722 * b };
              const behind = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
                if (c.length === 3 || c[3] > 0) return c } return [255, 255, 255] };
              const poor = [];
              for (const e of document.querySelectorAll('body *')) {
                if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
                if (e.closest('.hidden, .skip')) continue;
                const a = lum(rgb(getComputedStyle(e).color)), b = lum(behind(e));
                const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                if (ratio < 4.5) poor.push({ text: e.textContent.trim().slice(0, 40), ratio });
              }
              return poor;
            }
            """;

    private Page browse(Browser.NewContextOptions options) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        open.add(playwright);
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(CHROMIUM)
                        .setArgs(List.of("--no-sandbox")));
        open.add(browser);
        BrowserContext context = browser.newContext(options);
        return context.newPage();
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/pictures", name + ".png"))
                .setFullPage(true));
    }
}
