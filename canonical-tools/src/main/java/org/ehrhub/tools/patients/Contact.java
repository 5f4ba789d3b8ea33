package org.ehrhub.tools.patients;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Group;
import org.jspecify.annotations.Nullable;

/** A way to reach a patient (FHIR R4 ContactPoint). */
@Group
public record Contact(
        @Describe("phone, email, sms, fax, url, pager or other.")
        String system,

        @Describe("The number or address.") String value,

        @Describe("home, work, mobile, temp or old.") @Nullable
        String use) {}
