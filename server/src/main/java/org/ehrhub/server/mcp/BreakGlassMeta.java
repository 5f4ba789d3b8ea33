package org.ehrhub.server.mcp;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.policy.Purposes;
import org.ehrhub.tools.Emergency;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/**
 * What a person says who opens a closed chart, in {@code _meta} of a call: the program that the person uses writes it, and no
 * model's arguments reach there (MCP 2025-11-25, Base Protocol, {@code _meta}).
 */
final class BreakGlassMeta {
    static final String KEY = "org.ehrhub/break-glass";

    private static final Set<String> PARTS = Set.of("patient", "reason", "purpose", "at");
    private static final int SHORTEST_REASON = 10;
    private static final int LONGEST_REASON = 500;

    private BreakGlassMeta() {}

    /**
     * What was said; nothing where nothing was.
     *
     * @throws InvalidArgument when a part is missing or wrong; holds nothing of it
     */
    static Optional<Emergency> in(@Nullable Map<String, Object> meta) {
        return meta == null || !meta.containsKey(KEY) ? Optional.empty() : Optional.of(emergency(meta.get(KEY)));
    }

    private static Emergency emergency(@Nullable Object said) {
        if (!(said instanceof Map<?, ?> parts) || !PARTS.containsAll(parts.keySet())) {
            throw wrong("must be an object of patient, reason, purpose and at");
        }
        var reason = text(parts, "reason").strip();
        if (reason.length() < SHORTEST_REASON
                || reason.length() > LONGEST_REASON
                || reason.chars().anyMatch(Character::isISOControl)) {
            throw wrong("needs a reason of one line, 10 to 500 characters");
        }
        var purpose = parts.containsKey("purpose") ? text(parts, "purpose") : "BTG";
        if (!Purposes.isCode(purpose)) {
            throw wrong("needs a purpose that is a code of HL7 PurposeOfUse, such as BTG or ETREAT");
        }
        return new Emergency(patient(text(parts, "patient")), reason, purpose, at(text(parts, "at")));
    }

    private static Reference patient(String text) {
        try {
            return Reference.parse(text).of("Patient", "patient");
        } catch (InvalidArgument e) {
            throw wrong("needs a patient, as ehr/Patient/id");
        }
    }

    private static Instant at(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw wrong("needs the time at which the person said so, with its offset");
        }
    }

    private static String text(Map<?, ?> parts, String name) {
        return parts.get(name) instanceof String text ? text : "";
    }

    private static InvalidArgument wrong(String words) {
        return new InvalidArgument("_meta." + KEY, words);
    }
}
