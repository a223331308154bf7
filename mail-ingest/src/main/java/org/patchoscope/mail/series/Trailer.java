// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.series;

/** One line of a changelog's last paragraph such as {@code Fixes: 1234 ("title")}. */
public record Trailer(String name, String value) {}
