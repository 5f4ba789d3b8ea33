package org.ehrhub.medplum.stub;

/** {@code /auth/me}: project with its features, membership, and the caller's ClientApplication with its secret. */
final class AccountDesk {
    private final Project project;
    private final Logins logins;

    AccountDesk(Project project, Logins logins) {
        this.project = project;
        this.logins = logins;
    }

    Said me(Asked asked) {
        if (!asked.method().equals("GET")) {
            return Said.nothingThere(asked);
        }
        var session = logins.session(asked);
        var answer = Json.object();
        answer.set("project", project.resource());
        answer.set("membership", session.account().member().resource());
        answer.set("profile", session.account().resource());
        answer.putObject("config").put("resourceType", "UserConfiguration").putArray("menu");
        var policy = session.acting().policy();
        if (policy == null) {
            var open = Json.resource("AccessPolicy");
            open.putArray("resource").addObject().put("resourceType", "*");
            answer.set("accessPolicy", open);
        } else {
            answer.set("accessPolicy", policy);
        }
        return Said.json(200, answer);
    }
}
