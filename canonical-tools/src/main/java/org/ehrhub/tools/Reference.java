package org.ehrhub.tools;

import java.util.regex.Pattern;

/**
 * One record in one EHR, written {@code ehr/Type/id} ({@code stmarys/Patient/123}). An id that is not FHIR's is unpadded
 * base64url of the adapter's key, so it never holds a slash; adapters check their own, narrower form before using it.
 *
 * @param ehr the EHR's name in the hub's configuration
 * @param type the FHIR resource type
 * @param id the record's id in that EHR
 */
public record Reference(String ehr, String type, String id) {
    /** The form of a reference, as JSON Schema and as this type check it. */
    public static final String PATTERN = "^[a-z][a-z0-9-]{0,31}/[A-Z][A-Za-z]{1,63}/[A-Za-z0-9._-]{1,256}$";

    private static final Pattern EHR = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern TYPE = Pattern.compile("[A-Z][A-Za-z]{1,63}");
    private static final Pattern ID = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,256}");

    /** Checks each part. */
    public Reference {
        if (!EHR.matcher(ehr).matches()
                || !TYPE.matcher(type).matches()
                || !ID.matcher(id).matches()) {
            throw new InvalidArgument("reference", "must have the form ehr/Type/id, as another tool returned it");
        }
    }

    /** Whether a text can name an EHR. */
    public static boolean isEhrName(String name) {
        return EHR.matcher(name).matches();
    }

    /**
     * Reads {@code ehr/Type/id}.
     *
     * @throws InvalidArgument when the text has any other form
     */
    public static Reference parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new InvalidArgument("reference", "must have the form ehr/Type/id, as another tool returned it");
        }
        return new Reference(parts[0], parts[1], parts[2]);
    }

    /**
     * This reference, when it is of the type an argument asks for.
     *
     * @throws InvalidArgument when it is of another type
     */
    public Reference of(String expectedType, String argument) {
        if (!type.equals(expectedType)) {
            throw new InvalidArgument(
                    argument, "must be a reference to a " + expectedType + " (ehr/" + expectedType + "/id)");
        }
        return this;
    }

    @Override
    public String toString() {
        return ehr + "/" + type + "/" + id;
    }
}
