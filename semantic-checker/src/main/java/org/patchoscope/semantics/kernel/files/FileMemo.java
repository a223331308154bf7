// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.kernel.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Facts of files that were read before, as long as size and time of change stay: hashing 1,500 headers takes long. */
public final class FileMemo {
    private record Stamp(Path path, long size, long modified) {}

    private final ConcurrentMap<Stamp, FileFacts> known = new ConcurrentHashMap<>();

    public FileFacts of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Stamp stamp = new Stamp(
                file, attributes.size(), attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS));
        FileFacts facts = known.get(stamp);
        if (facts == null) {
            facts = FileFacts.of(Files.readAllBytes(file));
            known.put(stamp, facts);
        }
        return facts;
    }

    public FileFacts of(byte[] content) {
        return FileFacts.of(content);
    }
}
