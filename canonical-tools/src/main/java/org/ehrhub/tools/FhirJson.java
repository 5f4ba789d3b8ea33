package org.ehrhub.tools;

/**
 * A FHIR resource, or part of one, as JSON; on the wire it is that JSON itself.
 *
 * @param text a JSON object
 */
public record FhirJson(String text) {}
