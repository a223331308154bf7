// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail.store;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One connection, with statements as single calls. Collections become arrays, for {@code = any(?)}. */
final class Session {
    /** Reads one row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final Connection connection;

    Session(Connection connection) {
        this.connection = connection;
    }

    <T> List<T> query(String sql, Row<T> row, Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(row.read(rows));
                }
                return found;
            }
        }
    }

    <T> Optional<T> first(String sql, Row<T> row, Object... arguments) throws SQLException {
        return query(sql, row, arguments).stream().findFirst();
    }

    long number(String sql, Object... arguments) throws SQLException {
        return first(sql, r -> r.getLong(1), arguments).orElse(0L);
    }

    int update(String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            return statement.executeUpdate();
        }
    }

    /** Executes one statement for many rows. */
    void batch(String sql, Collection<@Nullable Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (@Nullable Object[] row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    void commit() throws SQLException {
        connection.commit();
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    private void bind(PreparedStatement statement, @Nullable Object[] arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            Object value = arguments[i];
            switch (value) {
                case null -> statement.setString(i + 1, null);
                case Collection<?> values -> statement.setArray(i + 1, array(values));
                case String text -> statement.setString(i + 1, StoredText.clean(text));
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                default -> statement.setObject(i + 1, value);
            }
        }
    }

    private Array array(Collection<?> values) throws SQLException {
        boolean numbers = values.stream().allMatch(Long.class::isInstance) && !values.isEmpty();
        return connection.createArrayOf(
                numbers ? "bigint" : "varchar",
                values.stream()
                        .map(v -> v instanceof String s ? StoredText.clean(s) : v)
                        .toArray());
    }
}
