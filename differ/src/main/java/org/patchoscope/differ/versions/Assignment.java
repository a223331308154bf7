// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.versions;

import java.util.Arrays;

/**
 * The cheapest way to give each row a column of its own: the Hungarian method with potentials and shortest augmenting
 * paths (Kuhn 1955; in this form Jonker and Volgenant 1987), in time n cubed.
 */
final class Assignment {
    private static final long FAR = Long.MAX_VALUE / 4;

    private final long[][] cost;
    private final int n;
    private final long[] rowPotential;
    private final long[] columnPotential;
    /** Row of each column, both counted from 1; column 0 holds the row that is being placed. */
    private final int[] rowOf;

    private Assignment(long[][] cost) {
        this.cost = cost;
        n = cost.length;
        rowPotential = new long[n + 1];
        columnPotential = new long[n + 1];
        rowOf = new int[n + 1];
    }

    /**
     * Solves a square matrix of costs that are not negative.
     *
     * @return the column of each row
     */
    static int[] cheapest(long[][] cost) {
        Assignment assignment = new Assignment(cost);
        for (int row = 1; row <= assignment.n; row++) {
            assignment.place(row);
        }
        int[] columns = new int[cost.length];
        for (int column = 1; column <= assignment.n; column++) {
            columns[assignment.rowOf[column] - 1] = column - 1;
        }
        return columns;
    }

    private void place(int row) {
        long[] distance = new long[n + 1];
        int[] from = new int[n + 1];
        boolean[] done = new boolean[n + 1];
        Arrays.fill(distance, FAR);
        rowOf[0] = row;
        int column = 0;
        do {
            done[column] = true;
            column = step(column, distance, from, done);
        } while (rowOf[column] != 0);
        while (column != 0) {
            int previous = from[column];
            rowOf[column] = rowOf[previous];
            column = previous;
        }
    }

    /** Settles the nearest column that is not settled, seen from the one settled last. */
    private int step(int column, long[] distance, int[] from, boolean[] done) {
        int row = rowOf[column];
        long delta = FAR;
        int next = 0;
        for (int j = 1; j <= n; j++) {
            if (!done[j]) {
                long reduced = cost[row - 1][j - 1] - rowPotential[row] - columnPotential[j];
                if (reduced < distance[j]) {
                    distance[j] = reduced;
                    from[j] = column;
                }
                if (distance[j] < delta) {
                    delta = distance[j];
                    next = j;
                }
            }
        }
        for (int j = 0; j <= n; j++) {
            if (done[j]) {
                rowPotential[rowOf[j]] += delta;
                columnPotential[j] -= delta;
            } else {
                distance[j] -= delta;
            }
        }
        return next;
    }
}
