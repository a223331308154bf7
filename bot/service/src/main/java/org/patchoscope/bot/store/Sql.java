// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Statements with their parameters in order. Text never becomes part of a statement. */
public record Sql(Connection connection) {
    /** Reads one row. */
    public interface Row<T> {
        /** The row the result stands at. */
        T of(ResultSet row) throws SQLException;
    }

    /** All rows. */
    public <T> List<T> list(Row<T> row, String statement, Object... parameters) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            bind(prepared, parameters);
            try (ResultSet rows = prepared.executeQuery()) {
                List<T> out = new ArrayList<>();
                while (rows.next()) {
                    out.add(row.of(rows));
                }
                return out;
            }
        }
    }

    /** How many rows it changed. */
    public int update(String statement, Object... parameters) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement)) {
            bind(prepared, parameters);
            return prepared.executeUpdate();
        }
    }

    /** Inserts a row; the number that the database gave it. */
    public long insert(String statement, Object... parameters) throws SQLException {
        try (PreparedStatement prepared = connection.prepareStatement(statement, new String[] {"id"})) {
            bind(prepared, parameters);
            prepared.executeUpdate();
            try (ResultSet keys = prepared.getGeneratedKeys()) {
                if (!keys.next()) {
                    throw new SQLException("no number was given to a new row");
                }
                return keys.getLong(1);
            }
        }
    }

    private static void bind(PreparedStatement prepared, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i] instanceof Instant at ? at.atOffset(ZoneOffset.UTC) : parameters[i];
            prepared.setObject(i + 1, value);
        }
    }

    /** A point in time of a row. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** Text that fits into a column. */
    public static String fit(String text, int most) {
        // PostgreSQL has no way to keep a NUL.
        String clean = text.replace("\0", "\ufffd");
        return clean.length() <= most ? clean : clean.substring(0, most - 1) + "…";
    }
}
