// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.differ.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** Copies a remote repository into a bare one of ours, or brings that up to date. */
public final class Cloner {
    private Cloner() {}

    /** Clones, or fetches when the clone is there. */
    public static void cloneOrFetch(String url, Path gitDir) throws IOException {
        try {
            if (Files.exists(gitDir.resolve("HEAD"))) {
                try (Git git = Git.open(gitDir.toFile())) {
                    git.fetch()
                            .setRefSpecs("+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")
                            .call();
                }
            } else {
                Git.cloneRepository()
                        .setURI(url)
                        .setBare(true)
                        .setDirectory(gitDir.toFile())
                        .call()
                        .close();
            }
        } catch (GitAPIException e) {
            throw new IOException("cannot copy " + url + ": " + e.getMessage(), e);
        }
    }
}
