// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.environment;

/**
 * A parameter that one version of a function has, where the other reads a cell of the current task when it
 * is entered.
 *
 * @param position among the parameters of the version that has it, from 0
 * @param offset of the cell from the start of the task, in bytes
 * @param bits width of the cell and of the parameter
 * @param passed whether this side passes the parameter
 */
public record Supply(int position, long offset, int bits, boolean passed) {}
