// SPDX-License-Identifier: Apache-2.0
package org.patchoscope.mail;

import java.util.List;
import java.util.Optional;

/** Finds the person behind a mail whose From header a relay or a list gateway (DMARC) has replaced. */
public final class Authors {

    private Authors() {}

    public static Address of(Message message) {
        Address from = message.from();
        if (!from.isRelay()) {
            return from;
        }
        Optional<Address> original =
                message.addresses("X-Original-From").stream().findFirst();
        if (original.isPresent()) {
            return original.get();
        }
        String name = from.name().replaceFirst(" via .+$", "").replaceAll("^'|'$", "");
        List<Address> replyTo = message.addresses("Reply-To");
        // A Reply-To that is the list itself names nobody.
        return replyTo.stream()
                .filter(a -> !message.lists().contains(a.address()))
                .findFirst()
                .map(a -> new Address(a.name().isEmpty() ? name : a.name(), a.address()))
                .orElse(new Address(name, from.address()));
    }
}
