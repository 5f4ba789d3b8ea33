package org.ehrhub.tools.intake;

import org.ehrhub.tools.CanonicalTool.Write;
import org.ehrhub.tools.Risk;

/** The tool that takes in a patient. */
public final class IntakeTools {
    /** Takes in a patient. */
    public static final Write<IntakeSync, Intake> SYNC =
            new Write<>("intake.sync", IntakeSync.class, Intake.class, Risk.HIGH_IMPACT);

    private IntakeTools() {}
}
