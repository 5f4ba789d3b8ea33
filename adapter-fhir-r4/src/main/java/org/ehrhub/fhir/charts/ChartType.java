package org.ehrhub.fhir.charts;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ehrhub.fhir.client.Query;
import org.hl7.fhir.instance.model.api.IBaseHasModifierExtensions;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Reference;

/**
 * One kind of record that belongs to a patient, with what the hub must look at before it shows one.
 *
 * @param type the FHIR type
 * @param subject whose it is
 * @param mistaken whether it was entered in error
 * @param parts the parts shown, each of which may hold a modifier of its own
 * @param row the record in the hub's form
 * @param remarks what a caller must know about several of them together
 */
public record ChartType<R extends DomainResource, O extends Record>(
        Class<R> type,
        Function<R, Reference> subject,
        Predicate<R> mistaken,
        Function<R, Stream<? extends IBaseHasModifierExtensions>> parts,
        Query.Row<R, O> row,
        Function<List<O>, List<String>> remarks) {
    /** A kind of which several together need no remark. */
    public ChartType(
            Class<R> type,
            Function<R, Reference> subject,
            Predicate<R> mistaken,
            Function<R, Stream<? extends IBaseHasModifierExtensions>> parts,
            Query.Row<R, O> row) {
        this(type, subject, mistaken, parts, row, rows -> List.of());
    }
}
