// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.cli.options;

import java.time.Duration;

/**
 * What something took.
 *
 * @param wall by the clock, which counts what else runs on the machine
 * @param processor of all its threads together; zero where the system does not tell
 */
public record Spent(Duration wall, Duration processor) {}
