package org.ehrhub.hl7v2;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.HL7Service;
import ca.uhn.hl7v2.llp.MinLowerLayerProtocol;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.protocol.ReceivingApplication;
import ca.uhn.hl7v2.util.StandardSocketFactory;
import ca.uhn.hl7v2.util.Terser;
import ca.uhn.hl7v2.util.idgenerator.InMemoryIDGenerator;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A small Patient Demographics Supplier (IHE ITI-21) on HAPI's HL7 server, with a few synthetic people in it. */
final class PdqSupplier implements ReceivingApplication<Message>, AutoCloseable {
    /** What becomes of a query. */
    enum Mood {
        ANSWERING,
        /** Answers the first page and offers no way on. */
        STOPPING,
        REFUSING,
        SILENT
    }

    private final HapiContext hapi = new DefaultHapiContext(ValidationContextFactory.noValidation());
    private final LoopbackSockets sockets = new LoopbackSockets();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final PdqPeople people;
    private HL7Service service;
    private volatile Mood mood = Mood.ANSWERING;

    private PdqSupplier(PdqPeople people) {
        this.people = people;
        hapi.setLowerLayerProtocol(new MinLowerLayerProtocol(true));
        hapi.getParserConfiguration().setIdGenerator(new InMemoryIDGenerator()); // the default one writes a file
        hapi.setSocketFactory(sockets);
    }

    static PdqSupplier with(PdqPeople people) throws InterruptedException {
        var supplier = new PdqSupplier(people);
        supplier.start();
        return supplier;
    }

    /** Listens, after a stop at the same address. */
    void start() throws InterruptedException {
        service = hapi.newServer(0, false);
        service.registerApplication(this);
        service.startAndWait();
    }

    /** Listens no more. */
    void stop() {
        service.stopAndWait();
    }

    InetSocketAddress address() {
        return sockets.address();
    }

    void mood(Mood next) {
        mood = next;
    }

    /** Listens and answers again. */
    void recover() {
        mood = Mood.ANSWERING;
        if (!service.isRunning()) {
            try {
                start();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Answers again, and forgets what was asked. */
    void reset() {
        mood = Mood.ANSWERING;
        queries.clear();
    }

    /** The queries as they arrived. */
    List<String> queries() {
        return List.copyOf(queries);
    }

    @Override
    public Message processMessage(Message query, Map<String, Object> metadata) throws HL7Exception {
        queries.add(query.encode());
        var now = mood;
        if (now == Mood.SILENT) {
            await();
        }
        return hapi.getPipeParser().parse(answer(new Terser(query), now));
    }

    private String answer(Terser query, Mood now) throws HL7Exception {
        var tag = query.get("/QPD-2");
        var pointer = query.get("/DSC-1");
        int from = pointer == null ? 0 : people.place(tag, pointer);
        if (now == Mood.REFUSING || from < 0) {
            return head(query, "AE") + "ERR||QPD^1^3|204^Unknown key identifier^HL70357|E\r" + "QAK|" + tag + "|AE\r"
                    + "QPD|IHE PDQ Query|" + tag + "\r";
        }
        var found = people.fitting(criteria(query));
        int to = Math.min(found.size(), from + Integer.parseInt(query.get("/RCP-2-1")));
        var text = new StringBuilder(head(query, "AA"))
                .append("QAK|" + tag + "|" + (found.isEmpty() ? "NF" : "OK") + "||" + found.size() + "|" + (to - from)
                        + "|" + (found.size() - to) + "\r")
                .append("QPD|IHE PDQ Query|" + tag + "\r");
        found.subList(from, to).forEach(pid -> text.append(pid).append('\r'));
        if (to < found.size() && now != Mood.STOPPING) {
            text.append("DSC|" + people.pointer(tag, to) + "|I\r");
        }
        return text.toString();
    }

    private static List<String> criteria(Terser query) throws HL7Exception {
        var found = new ArrayList<String>();
        for (int i = 0; query.get("/QPD-3(" + i + ")-1") != null; i++) {
            found.add(query.get("/QPD-3(" + i + ")-1") + "^" + query.get("/QPD-3(" + i + ")-2"));
        }
        return found;
    }

    private static String head(Terser query, String code) throws HL7Exception {
        var asked = query.get("/MSH-10");
        return "MSH|^~\\&|PDS||EHRHUB||20260302090000||RSP^K22^RSP_K21|A" + asked.substring(1)
                + "|P|2.5||||||UNICODE UTF-8\rMSA|" + code + "|" + asked + "\r";
    }

    private void await() throws HL7Exception {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new HL7Exception("closing");
    }

    @Override
    public boolean canProcess(Message message) {
        return true;
    }

    @Override
    public void close() {
        closed.countDown();
        stop();
        try {
            hapi.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Binds what HAPI binds to a free port of the loopback address: the same one again when it is bound again. */
    private static final class LoopbackSockets extends StandardSocketFactory {
        private volatile InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

        @Override
        public ServerSocket createServerSocket() throws IOException {
            return new ServerSocket() {
                @Override
                public void bind(SocketAddress asked) throws IOException {
                    super.bind(address);
                    address = (InetSocketAddress) getLocalSocketAddress();
                }
            };
        }

        InetSocketAddress address() {
            return address;
        }
    }
}
