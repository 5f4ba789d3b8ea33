package org.ehrhub.hl7v2;

import ca.uhn.hl7v2.parser.DefaultEscaping;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.patients.PatientSearch;

/**
 * A Patient Demographics Query (IHE ITI-21), {@code QBP^Q22^QBP_Q21} of HL7 v2.5.
 *
 * @param criteria the repetitions of QPD-3, {@code @PID.5.1.1^value}
 * @param tag QPD-2, the same for every page of one query
 * @param pointer DSC-1 of the answer before; empty at first
 * @param rows RCP-2, how many to answer at once
 */
record PdqQuestion(List<String> criteria, String tag, String pointer, int rows) {
    private static final DateTimeFormatter NOW =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    static PdqQuestion first(List<String> criteria, int rows) {
        return new PdqQuestion(criteria, random(32), "", rows);
    }

    /** Goes on from a cursor of this adapter: the query tag and the supplier's pointer. */
    PdqQuestion from(String cursor) {
        int end = cursor.indexOf(' ');
        if (end < 0) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT, "`cursor` is none of this EHR.", "Make the call again without it.");
        }
        return new PdqQuestion(criteria, cursor.substring(0, end), cursor.substring(end + 1), rows);
    }

    String cursor(String nextPointer) {
        return tag + " " + nextPointer;
    }

    static List<String> of(PatientSearch search) {
        if (search.family() == null && search.identifier() == null) {
            throw new EhrFailure(
                    ErrorCode.UNSUPPORTED,
                    "This EHR does not search by `phone` alone.",
                    "Give the family name or an identifier as well.");
        }
        var found = new ArrayList<String>();
        add(found, "@PID.5.1.1", search.family() == null ? null : search.family() + "*");
        add(found, "@PID.5.2", search.given() == null ? null : search.given() + "*");
        add(
                found,
                "@PID.7.1",
                search.birthDate() == null ? null : search.birthDate().replace("-", ""));
        add(
                found,
                "@PID.8",
                search.gender() == null ? null : search.gender().substring(0, 1).toUpperCase(Locale.ROOT));
        if (search.identifier() != null) {
            identifier(found, search.identifier());
        }
        return found;
    }

    static List<String> of(PdqKey key) {
        var found = new ArrayList<String>();
        identifier(found, key.system() + "|" + key.number());
        return found;
    }

    String message(String controlId, Instant now) {
        var lines = new ArrayList<String>();
        lines.add("MSH|^~\\&|EHRHUB||||" + NOW.format(now) + "||QBP^Q22^QBP_Q21|" + controlId
                + "|P|2.5||||||UNICODE UTF-8");
        lines.add("QPD|IHE PDQ Query|" + escape(tag) + "|" + String.join("~", criteria));
        lines.add("RCP|I|" + rows + "^RD");
        if (!pointer.isEmpty()) {
            lines.add("DSC|" + escape(pointer) + "|I");
        }
        return String.join("\r", lines) + "\r";
    }

    /** Random hexadecimal digits: MSH-10 takes 20 characters, QPD-2 32. */
    static String random(int digits) {
        return UUID.randomUUID().toString().replace("-", "").substring(0, digits);
    }

    private static void identifier(List<String> found, String identifier) {
        int bar = identifier.lastIndexOf('|');
        var system = bar < 0 ? "" : identifier.substring(0, bar);
        add(found, "@PID.3.1", identifier.substring(bar + 1));
        if (system.startsWith("urn:oid:")) {
            add(found, "@PID.3.4.2", system.substring("urn:oid:".length()));
            add(found, "@PID.3.4.3", "ISO");
        } else if (system.startsWith("urn:id:")) {
            add(found, "@PID.3.4.1", system.substring("urn:id:".length()));
        } // any other system is nobody's here: the filter finds so
    }

    private static void add(List<String> found, String field, String value) {
        if (value != null) {
            found.add(field + "^" + escape(value));
        }
    }

    /** A text with the delimiters in it written as HL7 escapes. */
    static String escape(String text) {
        return new DefaultEscaping().escape(text, EncodingCharacters.defaultInstance());
    }
}
