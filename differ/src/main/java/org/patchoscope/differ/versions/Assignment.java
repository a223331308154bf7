// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.versions;

import java.util.Arrays;

/**
 * The cheapest way to give each row a column of its own, after R. Jonker and A. Volgenant, "A shortest augmenting path algorithm
 * for dense and sparse linear assignment problems", Computing 38 (1987), in time n cubed. Where several ways are equally cheap, its
 * order of steps decides, and git's range-diff follows the same paper.
 */
final class Assignment {
    private static final int NONE = -1;

    private final long[][] cost;
    private final int n;
    /** What is taken off each column; a column's cost for a row less this is its reduced cost. */
    private final long[] price;

    private final int[] columnOf;
    private final int[] rowOf;
    /** Rows without a column, the first {@link #freeCount} of them. */
    private final int[] free;

    private int freeCount;

    private Assignment(long[][] cost) {
        this.cost = cost;
        n = cost.length;
        price = new long[n];
        columnOf = filled(n);
        rowOf = filled(n);
        free = new int[n];
    }

    private static int[] filled(int n) {
        int[] all = new int[n];
        Arrays.fill(all, NONE);
        return all;
    }

    /**
     * Solves a square matrix of costs that are not negative.
     *
     * @return the column of each row
     */
    static int[] cheapest(long[][] cost) {
        Assignment assignment = new Assignment(cost);
        if (cost.length > 1) {
            assignment.reduceColumns();
            assignment.reduceRows();
            assignment.reduceRows();
            for (int i = 0; i < assignment.freeCount; i++) {
                assignment.augment(assignment.free[i]);
            }
            return assignment.columnOf;
        }
        return new int[cost.length];
    }

    private long reduced(int row, int column) {
        return cost[row][column] - price[column];
    }

    /** Each column goes to the row that is cheapest in it, if that is still free; a row that could have one only leaves what it can. */
    private void reduceColumns() {
        boolean[] wanted = new boolean[n];
        for (int column = n - 1; column >= 0; column--) {
            int best = 0;
            for (int row = 1; row < n; row++) {
                best = cost[row][column] < cost[best][column] ? row : best;
            }
            price[column] = cost[best][column];
            if (columnOf[best] == NONE) {
                assign(best, column);
            } else {
                wanted[best] = true;
            }
        }
        for (int row = 0; row < n; row++) {
            if (columnOf[row] == NONE) {
                free[freeCount++] = row;
            } else if (!wanted[row]) {
                price[columnOf[row]] -= secondBest(row, columnOf[row]);
            }
        }
    }

    private long secondBest(int row, int column) {
        long least = Long.MAX_VALUE;
        for (int other = 0; other < n; other++) {
            least = other == column ? least : Math.min(least, reduced(row, other));
        }
        return least;
    }

    private void assign(int row, int column) {
        columnOf[row] = column;
        rowOf[column] = row;
    }

    /** Each free row takes the column that is cheapest for it; who had that is free, and may come at once. */
    private void reduceRows() {
        int end = freeCount;
        freeCount = 0;
        int next = 0;
        while (next < end) {
            int row = free[next++];
            int first = 0;
            int second = NONE;
            long least = reduced(row, 0);
            long more = Long.MAX_VALUE;
            for (int column = 1; column < n; column++) {
                long here = reduced(row, column);
                if (here >= more) {
                    continue;
                }
                if (here > least) {
                    more = here;
                    second = column;
                } else {
                    more = least;
                    second = first;
                    least = here;
                    first = column;
                }
            }
            int owner = rowOf[first];
            if (least < more) {
                price[first] -= more - least;
                if (owner != NONE) {
                    free[--next] = owner;
                }
            } else if (owner != NONE) {
                first = second;
                owner = rowOf[first];
                if (owner != NONE) {
                    free[freeCount++] = owner;
                }
            }
            assign(row, first);
        }
    }

    /** The shortest way from a free row to a free column; everybody on it moves on by one. */
    private void augment(int row) {
        long[] distance = new long[n];
        int[] from = new int[n];
        int[] columns = new int[n];
        for (int column = 0; column < n; column++) {
            distance[column] = reduced(row, column);
            from[column] = row;
            columns[column] = column;
        }
        Search search = new Search(distance, from, columns);
        int column = search.run();
        for (int i = 0; i < search.done; i++) {
            price[columns[i]] += distance[columns[i]] - search.least;
        }
        int at;
        do {
            at = from[column];
            int moved = columnOf[at];
            assign(at, column);
            column = moved;
        } while (at != row);
    }

    /** Dijkstra's search; columns are in the order settled, about to be settled at the same distance, the rest. */
    private final class Search {
        private final long[] distance;
        private final int[] from;
        private final int[] columns;
        private int low;
        private int up;
        /** Columns that were settled before the last distance was reached. */
        private int done;

        private long least;

        private Search(long[] distance, int[] from, int[] columns) {
            this.distance = distance;
            this.from = from;
            this.columns = columns;
        }

        private int run() {
            while (true) {
                if (low == up) {
                    done = low;
                    nearest();
                    for (int k = low; k < up; k++) {
                        if (rowOf[columns[k]] == NONE) {
                            return columns[k];
                        }
                    }
                }
                int end = settle(columns[low++]);
                if (end != NONE) {
                    return end;
                }
            }
        }

        /** Moves the columns that are nearest to the front of those that are not settled. */
        private void nearest() {
            least = distance[columns[up++]];
            for (int k = up; k < n; k++) {
                int column = columns[k];
                if (distance[column] <= least) {
                    if (distance[column] < least) {
                        up = low;
                        least = distance[column];
                    }
                    toFront(k);
                }
            }
        }

        private void toFront(int k) {
            int column = columns[k];
            columns[k] = columns[up];
            columns[up++] = column;
        }

        private int settle(int column) {
            int row = rowOf[column];
            long base = reduced(row, column) - least;
            for (int k = up; k < n; k++) {
                int other = columns[k];
                long here = reduced(row, other) - base;
                if (here < distance[other]) {
                    distance[other] = here;
                    from[other] = row;
                    if (here == least) {
                        if (rowOf[other] == NONE) {
                            return other;
                        }
                        toFront(k);
                    }
                }
            }
            return NONE;
        }
    }
}
