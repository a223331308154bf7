// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's Chromium; pictures go to {@code target/pictures}. */
final class Chromium {
    private static final Path PROGRAM = Path.of("/usr/bin/chromium");

    /** Texts whose contrast to what is behind them is below 4.5 (WCAG 2.2, 1.4.3). */
    static final String CONTRAST = """
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

    private final List<AutoCloseable> open = new ArrayList<>();

    static void assumeThere() {
        assumeTrue(Files.isExecutable(PROGRAM), "no " + PROGRAM + " here (Debian: chromium)");
    }

    Page browse(Browser.NewContextOptions options) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        open.add(playwright);
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(PROGRAM)
                        .setArgs(List.of("--no-sandbox")));
        open.add(browser);
        return browser.newContext(options).newPage();
    }

    static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/pictures", name + ".png"))
                .setFullPage(true));
    }

    void close() throws Exception {
        for (AutoCloseable c : open.reversed()) {
            c.close();
        }
    }
}
