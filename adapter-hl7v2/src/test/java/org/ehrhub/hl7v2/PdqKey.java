package org.ehrhub.hl7v2;

import ca.uhn.hl7v2.model.v25.datatype.CX;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ehrhub.tools.Reference;

/**
 * A patient's key in a PDQ supplier: PID-3 with its assigning authority, since the number alone names nobody. In a reference
 * it stands as unpadded base64url of {@code number^^^namespace&universal id&type}.
 */
record PdqKey(String number, String namespace, String universalId) {
    private static final Pattern FORM = Pattern.compile(
            "([^^&~|\\\\\\p{Cntrl}]{1,80})\\^\\^\\^([^^&~|\\\\\\p{Cntrl}]{0,40})(?:&([0-9.]{1,64})&ISO)?");

    static PdqKey of(CX field) {
        var authority = field.getAssigningAuthority();
        return new PdqKey(
                PidFields.text(field.getIDNumber()),
                PidFields.text(authority.getNamespaceID()),
                PidFields.text(authority.getUniversalID()));
    }

    static Optional<PdqKey> parse(String id) {
        try {
            var form = FORM.matcher(new String(Base64.getUrlDecoder().decode(id), StandardCharsets.UTF_8));
            return form.matches()
                    ? Optional.of(new PdqKey(form.group(1), form.group(2), form.group(3) == null ? "" : form.group(3)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // no base64url: an id this adapter never gave
        }
    }

    Reference in(String ehr) {
        var bytes = text().getBytes(StandardCharsets.UTF_8);
        return new Reference(
                ehr, "Patient", Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The name space as a URI: the authority's OID where it has one. */
    String system() {
        return universalId.isEmpty() ? "urn:id:" + namespace : "urn:oid:" + universalId;
    }

    private String text() {
        return number + "^^^" + namespace + (universalId.isEmpty() ? "" : "&" + universalId + "&ISO");
    }
}
