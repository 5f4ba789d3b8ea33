package org.ehrhub.store.audit;

import java.util.Set;

/** What an AuditEvent says a call was; client and server change sides between reading and the rest (IHE BALP 1.1). */
enum AuditKind {
    READ("R", "read", "Read"),
    QUERY("E", "search", "Query"),
    CREATE("C", "create", "Create"),
    UPDATE("U", "update", "Update"),
    EXECUTE("E", "operation", "");

    private static final Set<String> ONE = Set.of("get", "summary", "status", "fetch");
    private static final Set<String> CHANGES = Set.of("update", "reschedule", "cancel", "approve", "reject");
    private static final Set<String> OPEN = Set.of("execute", "deploy", "transaction", "write", "send", "sync");

    private final String action;
    private final String interaction;
    private final String profile;

    AuditKind(String action, String interaction, String profile) {
        this.action = action;
        this.interaction = interaction;
        this.profile = profile;
    }

    static AuditKind of(AuditRecord record) {
        var verb = record.tool().substring(record.tool().lastIndexOf('.') + 1);
        if (record.stage().equals("READ") || record.stage().equals("BREAK_GLASS")) {
            return ONE.contains(verb) ? READ : QUERY;
        }
        if (OPEN.contains(verb)) {
            return EXECUTE;
        }
        return CHANGES.contains(verb) ? UPDATE : CREATE;
    }

    String action() {
        return action;
    }

    String interaction() {
        return interaction;
    }

    String profile() {
        return profile;
    }

    /** DICOM's roles: 110152 destination, 110153 source. */
    String hubRole() {
        return this == READ ? "110152" : "110153";
    }

    String ehrRole() {
        return this == READ ? "110153" : "110152";
    }

    /** HL7's participation: information recipient or author. */
    String userRole() {
        return this == READ || this == QUERY ? "IRCP" : "AUT";
    }
}
