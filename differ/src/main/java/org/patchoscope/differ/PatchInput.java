// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

/**
 * One patch to apply.
 *
 * @param number its place in the series, from 1
 * @param diff the diff as mailed, byte for byte; not to be changed by anyone
 * @param id what the caller knows it by, a message id or commit id
 */
public record PatchInput(int number, String title, byte[] diff, String id) {}
