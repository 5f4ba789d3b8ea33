package org.ehrhub.server.approvals;

import java.time.InstantSource;
import java.util.Set;
import org.ehrhub.server.login.ApproverLogin;
import org.ehrhub.tools.Caller;
import org.jspecify.annotations.Nullable;

/**
 * How people come in to the page where they approve.
 *
 * @param localUser who comes in by a one-time link: the operating-system user who runs the hub
 * @param links the one-time links
 * @param login the login of everybody else, where there is one
 * @param hosts the names that the page answers to, beside those of this machine
 * @param https whether browsers reach it by https only
 * @param clock the time
 */
public record ApproverDoor(
        Caller localUser,
        OneTimeLinks links,
        @Nullable ApproverLogin login,
        Set<String> hosts,
        boolean https,
        InstantSource clock) {
    /** Takes a copy. */
    public ApproverDoor {
        hosts = Set.copyOf(hosts);
    }
}
