// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real git in a directory, without anyone's configuration. */
record GitOracle(Path directory) {
    record Run(int status, byte[] out, String err) {
        String text() {
            return new String(out, UTF_8).strip();
        }
    }

    static GitOracle init(Path directory) throws Exception {
        GitOracle git = new GitOracle(Files.createDirectories(directory));
        git.must("init", "-q", "-b", "main");
        return git;
    }

    String must(String... args) throws Exception {
        Run run = run(args);
        if (run.status != 0) {
            throw new IOException(String.join(" ", args) + ": " + run.err);
        }
        return run.text();
    }

    Run run(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-c", "core.autocrlf=false"));
        command.addAll(List.of(args));
        Path out = Files.createTempFile("git", ".out");
        Path err = Files.createTempFile("git", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment()
                .putAll(Map.of(
                        "GIT_CONFIG_GLOBAL", "/dev/null",
                        "GIT_CONFIG_NOSYSTEM", "1",
                        "GIT_AUTHOR_NAME", "A",
                        "GIT_AUTHOR_EMAIL", "a@example.org",
                        "GIT_COMMITTER_NAME", "C",
                        "GIT_COMMITTER_EMAIL", "c@example.org"));
        int status = builder.redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        Run run = new Run(status, Files.readAllBytes(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return run;
    }

    void write(String path, byte[] content) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    void write(String path, String content) throws IOException {
        write(path, content.getBytes(UTF_8));
    }

    String commit(String message) throws Exception {
        must("add", "-A");
        must("commit", "-q", "--allow-empty", "-m", message);
        return must("rev-parse", "HEAD");
    }

    String tree(String revision) throws Exception {
        return must("rev-parse", revision + "^{tree}");
    }
}
