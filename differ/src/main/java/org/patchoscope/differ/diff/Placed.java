// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.diff;

/**
 * Where a hunk went.
 *
 * @param number the hunk, from 1
 * @param line first line it covers, from 1, in the text as the hunks before it left it
 * @param offset how many lines away from the stated place
 * @param fuzz how many context lines had to be ignored
 */
public record Placed(int number, int line, int offset, int fuzz) {}
