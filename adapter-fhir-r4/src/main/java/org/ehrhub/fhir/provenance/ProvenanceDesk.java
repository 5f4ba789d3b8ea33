package org.ehrhub.fhir.provenance;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.Collectors;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.LogKey;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.fhir.client.Needs.Need;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.fhir.client.Written;
import org.ehrhub.tools.CallContext;
import org.hl7.fhir.r4.model.Provenance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an EHR who wrote what, once for each kind of activity of a call (FHIR R4, 6.3), where its CapabilityStatement says that
 * it takes Provenance. It is sent when the write is done, never together with it: an EHR that refuses the one would refuse the
 * other, and only then are the versions known.
 */
public final class ProvenanceDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ProvenanceDesk.class);
    private static final Need NEED = new Need(ProvenanceRecords.TYPE, "create");
    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final Duration LEAST = Duration.ofMillis(100);

    private final FhirServer server;

    /** Provenance on this server. */
    public ProvenanceDesk(FhirServer server) {
        this.server = server;
    }

    /** What it needs of the server. */
    public static Needs needs() {
        return Needs.create(ProvenanceRecords.TYPE);
    }

    /** Tells who wrote these, as far as the EHR and the time allow; never fails. */
    Attribution attribute(List<Written.Item> written, CallContext call) {
        if (written.isEmpty()) {
            return Attribution.NOTHING;
        }
        if (server.capabilities().unmet(NEED).isPresent()) {
            return Attribution.NOT_TAKEN;
        }
        if (!server.capabilities().stated()) {
            return Attribution.NOT_KNOWN;
        }
        // The answer to the write must not wait for this so long that it comes too late.
        var left = call.remaining(server.clock()).dividedBy(2);
        if (left.compareTo(LEAST) < 0 || Thread.currentThread().isInterrupted()) {
            return Attribution.NOT_CONFIRMED;
        }
        var time = left.compareTo(LONGEST) < 0 ? left : LONGEST;
        return told(written, call.until(server.clock().instant().plus(time)));
    }

    private void say(RuntimeException fault, String callId) {
        LOG.atWarn()
                .addKeyValue(LogKey.CALL.word(), callId)
                .addKeyValue(LogKey.EHR.word(), server.ehr())
                .addKeyValue(LogKey.KIND.word(), fault.getClass().getName())
                .log("the Provenance of a write could not be sent");
    }

    @SuppressWarnings("IllegalCatch") // the write is done, whatever is wrong with this
    private Attribution told(List<Written.Item> written, CallContext call) {
        try {
            var byActivity = written.stream()
                    .collect(Collectors.groupingBy(
                            Written.Item::activity, () -> new EnumMap<>(Written.Activity.class), Collectors.toList()));
            var all = true;
            for (var records : byActivity.values()) {
                all &= isKept(ProvenanceRecords.of(records, call, server.clock()), call);
            }
            return all ? Attribution.KEPT : Attribution.NOT_CONFIRMED;
        } catch (EhrFailure e) {
            return Attribution.NOT_CONFIRMED; // the exchange itself has logged it
        } catch (RuntimeException e) {
            say(e, call.callId());
            return Attribution.NOT_CONFIRMED;
        }
    }

    /** Whether the EHR made it, or had it from an earlier try; one that it found by less than the key is another. */
    private boolean isKept(Provenance provenance, CallContext call) {
        var tag = provenance.getMeta().getTagFirstRep();
        var made = new Written();
        var id = made.during(
                () -> server.create(provenance, WriteKeys.searchTagged(ProvenanceRecords.TYPE, tag.getCode()), call));
        return !made.items().isEmpty()
                || server.read(Provenance.class, id, call).getMeta().getTag(tag.getSystem(), tag.getCode()) != null;
    }
}
