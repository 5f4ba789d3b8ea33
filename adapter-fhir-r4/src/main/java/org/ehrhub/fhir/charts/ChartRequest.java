package org.ehrhub.fhir.charts;

import org.hl7.fhir.r4.model.DomainResource;

/**
 * Some of one patient's records: of one kind, and which.
 *
 * @param type what they are
 * @param search which of them
 */
record ChartRequest<R extends DomainResource, O extends Record>(ChartType<R, O> type, ChartSearch<R> search) {}
