package org.ehrhub.tools.fhir;

import java.util.List;
import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.EhrInput;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code fhir.write}. */
@Describe(
        title = "Write FHIR",
        value =
                "Creates, updates, patches or deletes one FHIR R4 resource. Only where no other tool does it and the hub's policy names it; it needs a person's approval. A stale version is a CONFLICT.",
        example =
                "{\"ehr\":\"stmarys\",\"operation\":\"create\",\"type\":\"Task\",\"resource\":{\"resourceType\":\"Task\",\"status\":\"draft\",\"intent\":\"proposal\"}}")
public record FhirWrite(
        @Describe(value = "The EHR, as ehr.list names it.", maxLength = 32)
        String ehr,

        @Describe(
                value = "What to do.",
                oneOf = {"create", "update", "patch", "delete"})
        String operation,

        @Describe(value = "The resource type, for create.", maxLength = 64) @Nullable
        String type,

        @Describe("The record, for update, patch and delete: ehr/Type/id.") @Nullable
        Reference record,

        @Describe(value = "The version that is changed, for update, patch and delete.", maxLength = 64) @Nullable
        String version,

        @Describe("The whole resource, for create and update.") @Nullable
        FhirJson resource,

        @Describe("The changes, for patch.") @Nullable List<Change> patch,

        @Describe(
                value = "For create: nothing is created when this search finds something: identifier=system|value.",
                maxLength = 500)
        @Nullable
        String unless,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements EhrInput, WriteInput {
    /** Checks the arguments. */
    public FhirWrite {
        Arguments.ehr(ehr);
        Arguments.text(version, "version", 64);
        Arguments.text(type, "type", 64);
        Arguments.text(unless, "unless", 500);
        Arguments.keys(idempotencyKey, approvalId);
        boolean creates = operation.equals("create");
        if (creates != (record == null) || creates != (type != null) || creates != (version == null)) {
            throw new InvalidArgument(
                    "record",
                    "and `version` are needed for update, patch and delete, `type` for create, and not otherwise");
        }
        if ((resource != null) != (creates || operation.equals("update"))) {
            throw new InvalidArgument("resource", "is needed for create and update, and not otherwise");
        }
        if ((patch != null && !patch.isEmpty()) != operation.equals("patch")) {
            throw new InvalidArgument("patch", "is needed for patch, and not otherwise");
        }
        if (unless != null && !creates) {
            throw new InvalidArgument("unless", "belongs to create");
        }
    }

    /** One change of a patch (RFC 6902). */
    public record Change(
            @Describe(
                    value = "What to do.",
                    oneOf = {"add", "remove", "replace", "test"})
            String op,

            @Describe(value = "JSON pointer to what is changed: /status.", maxLength = 200)
            String path,

            @Describe(value = "The new value, as JSON text.", maxLength = 10000) @Nullable
            String value) {
        /** Checks the pointer. */
        public Change {
            Arguments.oneOf(op, "patch", "add", "remove", "replace", "test");
            if (!path.startsWith("/") || (value == null) != op.equals("remove")) {
                throw new InvalidArgument(
                        "patch", "must have a path that starts with / and, unless it removes, a value");
            }
        }
    }
}
