// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.config;

/**
 * A setting that the base configuration of one architecture has and its defconfig has not.
 *
 * @param setting e.g. {@code CONFIG_FOO=n}
 * @param reason why code is looked at with this setting, for a report
 */
public record Peculiarity(String setting, String reason) {}
