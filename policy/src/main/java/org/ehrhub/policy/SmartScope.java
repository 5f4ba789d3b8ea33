package org.ehrhub.policy;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ehrhub.tools.CanonicalTool;

/**
 * A SMART scope for resources (SMART App Launch 2.2, section 3.0.2), {@code user/Observation.rs}; the form of version 1,
 * {@code user/Observation.read}, is understood as the letters it stands for.
 *
 * @param level {@code patient}, {@code user} or {@code system}
 * @param type the resource type, or {@code *}
 * @param rights what may be done, of the letters {@code cruds}
 */
public record SmartScope(String level, String type, String rights) {
    private static final Pattern FORM =
            Pattern.compile("(patient|user|system)/(\\*|[A-Z][A-Za-z]{1,63})\\.(read|write|\\*|c?r?u?d?s?)");

    /** The level of scopes that are for the patients in context only. */
    public static final String PATIENT = "patient";

    /**
     * Reads a scope; empty when it is none for resources, or narrows them by a search that the hub could not hold to
     * ({@code ?category=…}).
     */
    public static Optional<SmartScope> parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches() || parts.group(3).isEmpty()) {
            return Optional.empty();
        }
        var rights = switch (parts.group(3)) {
            case "read" -> "rs";
            case "write" -> "cud";
            case "*" -> "cruds";
            default -> parts.group(3).toLowerCase(Locale.ROOT);
        };
        return Optional.of(new SmartScope(parts.group(1), parts.group(2), rights));
    }

    /** Whether it lets its holder do all of that to such a resource. */
    boolean permits(String resource, String wanted) {
        return (type.equals("*") || type.equals(resource))
                && wanted.chars().allMatch(right -> rights.indexOf(right) >= 0);
    }

    /** Whether it permits a part of what a tool does. */
    public boolean helps(CanonicalTool<?, ?> tool) {
        return ToolScopes.isHelpedBy(this, tool);
    }

    @Override
    public String toString() {
        return level + "/" + type + "." + rights;
    }
}
