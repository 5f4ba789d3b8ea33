package org.ehrhub.tools.bots;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** A bot (Medplum Bot). */
@Group
public record Bot(
        @Describe("This record.") Reference ref,
        @Describe("What it is called.") @Nullable String name,
        @Describe("Its version now.") @Nullable String version) {}
