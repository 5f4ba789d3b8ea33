package org.ehrhub.fhir.client;

import org.hl7.fhir.r4.model.Resource;

/**
 * A list as a caller asked for it: the search to send, and what to make of each row that comes back.
 *
 * @param type the type of the rows
 * @param search the first page's search
 * @param test whether a row may be given
 * @param row the row in the hub's form
 */
public record Query<R extends Resource, O extends Record>(
        Class<R> type, SearchUrl search, Test<R> test, Row<R, O> row) {

    /** Whether a row of the server may be given. */
    @FunctionalInterface
    public interface Test<R extends Resource> {
        /** Looks at one row. */
        Verdict of(R resource, Included included);
    }

    /** The same test of rows that are of no use without an id by which to refer to them. */
    public static <R extends Resource> Test<R> named(Test<R> test) {
        return (row, included) -> {
            var verdict = test.of(row, included);
            return verdict == Verdict.FITS && !FhirId.isNameable(row) ? Verdict.UNNAMED : verdict;
        };
    }

    /** The hub's form of a row. */
    @FunctionalInterface
    public interface Row<R extends Resource, O extends Record> {
        /** Makes one row. */
        O of(R resource, Included included);
    }
}
