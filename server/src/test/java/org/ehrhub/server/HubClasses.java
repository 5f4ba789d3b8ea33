package org.ehrhub.server;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** What the rules of the architecture hold for: the classes of every module that runs in a hub, read once for all tests. */
final class HubClasses {
    static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("test-classes"))
            .withImportOption(location -> !location.contains("adapter-testkit"))
            .importPackages("org.ehrhub");

    private HubClasses() {}
}
