package org.ehrhub.fhir.insurance;

import java.util.Objects;
import java.util.Optional;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.writing.Amendment;
import org.ehrhub.fhir.writing.Creation;
import org.ehrhub.fhir.writing.Links;
import org.ehrhub.fhir.writing.Refusal;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.coverage.CoverageRecord;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Coverage.CoverageStatus;

/** {@code coverage.record}: a new coverage, or a change of the one that the call names. */
final class CoverageRecording implements WriteHandler<CoverageRecord, org.ehrhub.tools.coverage.Coverage> {
    private final WriteHandler<CoverageRecord, org.ehrhub.tools.coverage.Coverage> creation;
    private final WriteHandler<CoverageRecord, org.ehrhub.tools.coverage.Coverage> amendment;
    private final Links links;
    private final CoverageFields fields;
    private final CoverageRows rows;

    CoverageRecording(FhirServer server) {
        this.creation = new Creation<>(server, new Fresh());
        this.amendment = new Amendment<>(server, new Known());
        this.links = new Links(server);
        this.fields = new CoverageFields(server);
        this.rows = new CoverageRows(server);
    }

    @Override
    public ToolResult<org.ehrhub.tools.coverage.Coverage> handle(CoverageRecord input, CallContext call) {
        return way(input).handle(input, call);
    }

    @Override
    public Optional<org.ehrhub.tools.coverage.Coverage> reconcile(CoverageRecord input, String key, CallContext call) {
        return way(input).reconcile(input, key, call);
    }

    @Override
    public Optional<String> currentVersion(CoverageRecord input, CallContext call) {
        return way(input).currentVersion(input, call);
    }

    private WriteHandler<CoverageRecord, org.ehrhub.tools.coverage.Coverage> way(CoverageRecord input) {
        return input.coverage() == null ? creation : amendment;
    }

    private final class Fresh implements Creation.Form<CoverageRecord, Coverage, org.ehrhub.tools.coverage.Coverage> {
        @Override
        public Class<Coverage> type() {
            return Coverage.class;
        }

        @Override
        public Coverage draft(CoverageRecord input, CallContext call) {
            if ("entered-in-error".equals(input.status())) {
                throw Refusal.invalid(
                        "coverage", "must say which one was entered in error.", "Find it with coverage.list.");
            }
            var patient = links.patient(input.patient(), call);
            var coverage = new Coverage().setStatus(CoverageStatus.ACTIVE).setBeneficiary(patient);
            if (input.relationship() == null || input.relationship().equals("self")) {
                coverage.setRelationship(CoverageFields.self()).setSubscriber(patient.copy());
            }
            fields.put(input, coverage);
            return coverage;
        }

        @Override
        public boolean fits(CoverageRecord input, Coverage held) {
            return links.isOf(held, input.patient());
        }

        @Override
        public org.ehrhub.tools.coverage.Coverage shown(Coverage held) {
            return rows.row(held);
        }
    }

    private final class Known
            implements Amendment.Change<CoverageRecord, Coverage, org.ehrhub.tools.coverage.Coverage> {
        @Override
        public Class<Coverage> type() {
            return Coverage.class;
        }

        @Override
        public Amendment.Target target(CoverageRecord input) {
            return new Amendment.Target(Objects.requireNonNull(input.coverage()), "coverage", null);
        }

        @Override
        public void make(CoverageRecord input, Coverage held, CallContext call) {
            if (!links.isOf(held, input.patient())) {
                throw Links.foreign("coverage");
            }
            fields.put(input, held);
        }

        @Override
        public org.ehrhub.tools.coverage.Coverage shown(Coverage held) {
            return rows.row(held);
        }
    }
}
