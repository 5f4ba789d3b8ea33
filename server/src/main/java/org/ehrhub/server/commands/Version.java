package org.ehrhub.server.commands;

/** The version of this hub, from its jar. */
final class Version {
    private Version() {}

    static String current() {
        var packaged = Version.class.getPackage().getImplementationVersion();
        return packaged == null ? "unpackaged" : packaged;
    }
}
