package org.ehrhub.server.commands;

import java.nio.file.Path;
import org.ehrhub.server.DataDirectory;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.server.config.ConfigurationRefused;

/** Loads the configuration of a hub that this process is about to start. */
final class Configurations {
    private Configurations() {}

    static Configuration load(Path file) {
        HubLog.begin();
        var configuration = Configuration.load(file);
        HubLog.write(configuration.settings().logging().format());
        return configuration;
    }

    /** The configuration; the directory is given back when it is refused. */
    static Configuration load(Path file, DataDirectory directory) {
        try {
            return load(file);
        } catch (ConfigurationRefused e) {
            directory.close();
            throw e;
        }
    }
}
