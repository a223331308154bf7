// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

/**
 * A page: what it shows, and how. Its JSON is the same data, so nothing is only for people or only for programs.
 *
 * @param template that shows it
 * @param title of the window
 * @param query for the search box in its head, or empty
 * @param address of the page, without a form
 * @param feed address of its Atom feed, or empty
 * @param data a record
 */
public record View(String template, String title, String query, String address, String feed, Object data) {
    public static View of(String template, String title, String address, Object data) {
        return new View(template, title, "", address, "", data);
    }
}
