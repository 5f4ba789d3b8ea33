package org.ehrhub.tools;

/**
 * Why a record is shown to few: how confidential its EHR holds it (HL7 v3 Confidentiality), or what it tells of (the
 * sensitivity policies of HL7 v3 ActCode). A record may be so for several reasons, and whoever may not see it for one of them
 * does not see it.
 */
public enum Sensitivity {
    /** Restricted (Confidentiality R): more than the usual need to know. */
    RESTRICTED,
    /** Very restricted (Confidentiality V): for those whom the patient's carers name. */
    VERY_RESTRICTED,
    /** Alcohol and drugs (ActCode ETH, ETHUD, OPIOIDUD, SUD). */
    SUBSTANCE_USE,
    /** Mental and behavioural health, notes of psychotherapy (ActCode PSY, PSYTHPN, MH, BH). */
    MENTAL_HEALTH,
    /** HIV and AIDS (ActCode HIV). */
    HIV,
    /** Sexuality, reproduction and diseases that come of it (ActCode SEX, STD). */
    SEXUAL_HEALTH,
    /** Abuse and violence (ActCode SDV, VIO). */
    VIOLENCE,
    /** What is told by genes, sickle cell disease included (ActCode GDIS, SICKLE). */
    GENETIC,
    /** Any other reason, also one that the hub does not know. */
    OTHER
}
