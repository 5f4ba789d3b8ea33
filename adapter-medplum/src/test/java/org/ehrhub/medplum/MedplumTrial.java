package org.ehrhub.medplum;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.Health;
import org.ehrhub.adapters.Secret;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.appointments.AppointmentTools;

/** A trial of the adapter SPI on Medplum's scheduling. */
final class MedplumTrial implements EhrAdapter {
    private final MedplumClient client;
    private final InstantSource clock;
    private final ToolHandlers handlers;

    MedplumTrial(String ehr, URI base, Secret token, InstantSource clock) {
        this.clock = clock;
        client = new MedplumClient(base, token, clock);
        handlers = ToolHandlers.builder()
                .onList(AppointmentTools.SLOT_SEARCH, new FreeTimes(ehr, client, clock))
                .onWrite(
                        AppointmentTools.CREATE,
                        new MedplumBooking(ehr, client, clock),
                        Feature.DOUBLE_BOOKING_REFUSED,
                        Feature.WRITE_KEY_STORED)
                .build();
    }

    @Override
    public ToolHandlers handlers() {
        return handlers;
    }

    @Override
    public Health probe(Duration limit) {
        try {
            var deadline = clock.instant().plus(limit);
            client.read("Schedule?_count=1", new CallContext("probe", new Caller("hub", Set.of()), deadline));
            return new Health.Up();
        } catch (EhrFailure e) {
            return new Health.Down(e.result().message());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
