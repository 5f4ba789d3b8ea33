package org.ehrhub.tools;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of a write's answer.
 *
 * @param status {@code done}, or {@code pending} while the EHR has yet to answer
 * @param source where the written record was read back from, once done
 * @param warnings what the caller must know about it
 * @param item the record as the EHR holds it after the write, once done
 * @param reference what to ask for later, while pending
 */
public record WriteAnswer<T extends Record>(
        @Describe(
                value = "done: written and read back. pending: sent, the EHR answers later.",
                oneOf = {"done", "pending"})
        String status,

        @Describe("Where the record was read back from.") @Nullable
        Provenance source,

        @Describe("What you must know about this answer before you rely on it.")
        List<String> warnings,

        @Describe("The record as the EHR holds it after the write.") @Nullable
        T item,

        @Describe("While pending: what to ask for later.") @Nullable
        String reference) {}
