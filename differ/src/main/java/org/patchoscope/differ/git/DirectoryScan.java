// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.patchoscope.differ.diff.FileMode;

/** The files of a plain source directory, and a stamp that changes when one of them does. */
public record DirectoryScan(List<Item> items, String stamp) {
    public DirectoryScan {
        items = List.copyOf(items);
    }

    /** A file by its path in the directory. */
    public record Item(String path, FileMode mode, long size, long modifiedNanos) {}

    /** Looks at every file without reading it: size, time of change and mode make the stamp. */
    public static DirectoryScan of(Path directory) throws IOException {
        List<Item> items = new ArrayList<>();
        collect(directory, "", items);
        items.sort(Comparator.comparing(Item::path));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Item item : items) {
                String line = item.path + '\0' + item.mode + '\0' + item.size + '\0' + item.modifiedNanos + '\n';
                digest.update(line.getBytes(UTF_8));
            }
            return new DirectoryScan(items, HexFormat.of().formatHex(digest.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void collect(Path directory, String prefix, List<Item> items) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
            for (Path child : children) {
                String name = String.valueOf(child.getFileName());
                PosixFileAttributes attributes =
                        Files.readAttributes(child, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isDirectory() && !name.equals(".git")) {
                    collect(child, prefix + name + "/", items);
                } else if (attributes.isRegularFile() || attributes.isSymbolicLink()) {
                    long nanos = attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS);
                    items.add(new Item(prefix + name, mode(attributes), attributes.size(), nanos));
                }
            }
        }
    }

    private static FileMode mode(PosixFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return FileMode.SYMLINK;
        }
        return attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE)
                ? FileMode.EXECUTABLE
                : FileMode.REGULAR;
    }
}
