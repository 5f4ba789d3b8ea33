package org.ehrhub.medplum.agents;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of HL7 v2 messages behind a Medplum Agent, known to callers by its name only.
 *
 * @param agent the Agent that delivers them: its id, or {@code system|value} of an identifier that only it has
 * @param device the Device that receives them, whose URL holds the address: its id, or {@code system|value} of an identifier
 * @param acknowledgement which acknowledgement is waited for; as the Device's URL says without it
 * @param longestWait longest wait for it, 1s to 55s; as long as the call lasts without it
 */
public record AgentSettings(
        String agent,
        String device,
        @Nullable Acknowledgement acknowledgement,
        @Nullable Duration longestWait) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern IDENTIFIER = Pattern.compile("[!-~&&[^|,$&\\\\]]{1,200}\\|[!-~&&[^|,$&\\\\]]{1,100}");
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** The longest that Medplum waits. */
    static final Duration LONGEST = Duration.ofSeconds(55);

    /** Checks each setting. */
    public AgentSettings {
        check(agent, "agent");
        check(device, "device");
        if (longestWait != null && (longestWait.compareTo(SHORTEST) < 0 || longestWait.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException("longest-wait must be between 1s and 55s");
        }
    }

    /** Which acknowledgement is waited for, where a receiver gives two (HL7 v2.5.1, 2.9.3). */
    public enum Acknowledgement {
        /** The first that comes: that the message was taken on, or what was done with it. */
        FIRST,
        /** What was done with it. */
        APPLICATION;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a setting is {@code system|value} rather than an id. */
    public static boolean isIdentifier(String setting) {
        return setting.contains("|");
    }

    private static void check(String setting, String key) {
        if (!ID.matcher(setting).matches() && !IDENTIFIER.matcher(setting).matches()) {
            throw new IllegalArgumentException(key + " must be an id, or system|value of an identifier");
        }
    }
}
