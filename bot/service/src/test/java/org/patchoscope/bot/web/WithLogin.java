// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.bot.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A service on which administrators log in. */
public class WithLogin extends OwnData {
    static final String POLICIES = """
            lists:
              entry@lists.example.org:
                mode: moderated
                audience: list
            optedOut: [Somebody@example.org]
            """;

    @Override
    public Map<String, String> getConfigOverrides() {
        Map<String, String> out = new HashMap<>(super.getConfigOverrides());
        Path policies = Path.of(String.valueOf(out.get("patchoscope.service.data")), "policies.yaml");
        try {
            Files.writeString(policies, POLICIES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.put("patchoscope.service.policies", policies.toString());
        out.put("patchoscope.service.requests", "0");
        out.put("patchoscope.service.oidc.enabled", "true");
        out.put("patchoscope.service.oidc.issuer", LocalIssuer.started().address());
        out.put("patchoscope.service.oidc.client", LocalLogin.CLIENT);
        out.put("patchoscope.service.oidc.secret", LocalLogin.SECRET);
        return out;
    }
}
