package org.ehrhub.tools;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.ehrs.EhrTools;
import org.ehrhub.tools.patients.PatientTools;

/** Every tool the hub knows, by name, in the order in which they are listed. */
public final class ToolCatalog {
    private static final ToolCatalog CANONICAL = new ToolCatalog(List.of(
            EhrTools.LIST,
            PatientTools.SEARCH,
            PatientTools.GET,
            AppointmentTools.SLOT_SEARCH,
            AppointmentTools.LIST,
            AppointmentTools.GET,
            AppointmentTools.CREATE,
            AppointmentTools.CANCEL));

    private final Map<String, CanonicalTool<?, ?>> byName = new LinkedHashMap<>();

    /** A catalogue of these tools. */
    public ToolCatalog(Collection<? extends CanonicalTool<?, ?>> tools) {
        for (var tool : tools) {
            if (byName.put(tool.name(), tool) != null) {
                throw new IllegalArgumentException("Two tools are called " + tool.name());
            }
        }
    }

    /** The catalogue of this version of the hub. */
    public static ToolCatalog canonical() {
        return CANONICAL;
    }

    /** The tools in their order. */
    public Collection<CanonicalTool<?, ?>> tools() {
        return List.copyOf(byName.values());
    }

    /** The tool of a canonical ({@code patient.get}) or a wire ({@code patient_get}) name. */
    public Optional<CanonicalTool<?, ?>> find(String name) {
        return Optional.ofNullable(byName.get(name.replace('_', '.')));
    }
}
