// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.semantics.toolchain;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Writes the wanted entries of the LLVM jar into a directory of their own, all or nothing. */
final class Unpacker {
    private static final String POM = "META-INF/maven/org.bytedeco/llvm/pom.properties";
    private static final String REMEDY = "put org.bytedeco:llvm with classifier linux-x86_64 on the class path";

    private final Path cacheDir;
    private final Progress progress;

    Unpacker(Path cacheDir, Progress progress) {
        this.cacheDir = cacheDir;
        this.progress = progress;
    }

    Toolchain unpack() {
        String resource = "/" + UnpackedFiles.PREFIX + "clang";
        URL url = Toolchain.class.getResource(resource);
        if (url == null) {
            throw new ToolchainException("the LLVM toolchain is not on the class path", resource, REMEDY);
        }
        try {
            if (!(url.openConnection() instanceof JarURLConnection connection)) {
                throw new ToolchainException("the LLVM toolchain is not in a jar", url.toString(), REMEDY);
            }
            connection.setUseCaches(false);
            try (JarFile jar = connection.getJarFile()) {
                return unpack(jar);
            }
        } catch (IOException e) {
            throw new ToolchainException(
                    "cannot unpack the LLVM toolchain",
                    cacheDir.toString(),
                    "check that the directory is writable and has 300 MB free",
                    e);
        }
    }

    private Toolchain unpack(JarFile jar) throws IOException {
        String version = version(jar);
        Path home = cacheDir.resolve("toolchain").resolve("llvm-" + version);
        Toolchain toolchain = new Toolchain(home, version);
        if (Files.isDirectory(home)) {
            return toolchain;
        }
        progress.step("unpacking LLVM " + version + " (once)");
        Files.createDirectories(home.getParent());
        Path fresh = Files.createTempDirectory(home.getParent(), "unpacking-");
        try {
            writeAll(jar, fresh);
            publish(fresh, home);
        } finally {
            deleteTree(fresh);
        }
        return toolchain;
    }

    /** A rename is atomic: of two processes that unpack at once, the second finds the first one's result and uses it. */
    private static void publish(Path fresh, Path home) throws IOException {
        try {
            Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
            if (!Files.isDirectory(home)) {
                throw e;
            }
        } catch (java.nio.file.FileSystemException e) {
            // Linux answers ENOTEMPTY in more than one exception type, depending on the file system.
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }

    private static String version(JarFile jar) throws IOException {
        JarEntry pom = jar.getJarEntry(POM);
        if (pom == null) {
            throw new ToolchainException("the LLVM jar does not say its version", POM, REMEDY);
        }
        Properties properties = new Properties();
        try (InputStream in = jar.getInputStream(pom)) {
            properties.load(new java.io.InputStreamReader(in, StandardCharsets.UTF_8));
        }
        return Optional.ofNullable(properties.getProperty("version")).orElse("unknown");
    }

    private static void writeAll(JarFile jar, Path root) throws IOException {
        int required = 0;
        List<JarEntry> entries = Collections.list(jar.entries());
        for (JarEntry entry : entries) {
            Optional<String> target = UnpackedFiles.target(entry.getName());
            if (target.isPresent()) {
                write(jar, entry, root.resolve(target.get()), UnpackedFiles.isExecutable(target.get()));
                required += UnpackedFiles.isRequired(target.get()) ? 1 : 0;
            }
        }
        if (required != UnpackedFiles.requiredEntries()) {
            throw new ToolchainException("the LLVM jar lacks tools", jar.getName(), REMEDY);
        }
        for (Map.Entry<String, String> link : UnpackedFiles.LINKS.entrySet()) {
            Files.createSymbolicLink(root.resolve("bin").resolve(link.getKey()), Path.of(link.getValue()));
        }
        // createTempDirectory makes it private; other users of a shared cache must be able to run the tools.
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void write(JarFile jar, JarEntry entry, Path file, boolean executable) throws IOException {
        Files.createDirectories(file.getParent());
        try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, file);
        }
        if (executable) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void deleteTree(Path dir) throws IOException {
        if (!Files.exists(dir)) {
            return;
        }
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
