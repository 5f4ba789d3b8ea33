package org.ehrhub.tools;

/** A kind of what an answer tells of a patient; policy says which of them a caller may see. */
public enum FieldGroup {
    /** Name, birth date, gender, language, whether and when the patient died. */
    DEMOGRAPHICS,
    /** How to reach the patient: phone, mail, postal address. */
    CONTACT,
    /** Numbers that stand for the patient: medical record, member and authorisation numbers. */
    IDENTIFIERS,
    /** Everything else that is told of a patient, in codes or in free text. */
    CLINICAL
}
