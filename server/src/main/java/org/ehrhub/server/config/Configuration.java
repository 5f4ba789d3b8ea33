package org.ehrhub.server.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.ehrhub.adapters.EhrAdapterFactory;
import org.ehrhub.policy.Policy;
import org.jspecify.annotations.Nullable;

/**
 * A sound configuration.
 *
 * @param file the file it was read from
 * @param settings the settings
 * @param policy who may do what
 */
public record Configuration(Path file, HubConfig settings, Policy policy) {
    /** The configuration's usual name. */
    public static final String USUAL_NAME = "ehr-hub.yaml";

    /**
     * The file to read: the named one, else the one in the working directory, else the quick start's.
     *
     * @param named what {@code --config} named
     * @param quickStart the shipped configuration
     */
    public static Path choose(@Nullable Path named, Path quickStart) {
        if (named != null) {
            return named;
        }
        var here = Path.of(USUAL_NAME);
        return Files.exists(here) ? here : quickStart;
    }

    /**
     * Reads the file and the policy file it names.
     *
     * @throws ConfigurationRefused with every problem of both
     */
    public static Configuration load(Path file) {
        return load(file, factories(), System::getenv);
    }

    static Configuration load(
            Path file,
            Iterable<? extends EhrAdapterFactory<?>> factories,
            UnaryOperator<@Nullable String> environment) {
        var problems = new Problems();
        var keys = YamlFile.read(file, problems);
        problems.refuseIfAny();
        var readers = new ValueReaders(folder(file), environment);
        var sandboxPresent = keys.entries().get("sandbox") instanceof YamlValue.Keys;
        readers.add(EhrSettings.class, new EhrSettingsReader(factories, readers, sandboxPresent));
        var settings = new RecordBinder(readers, problems).bind(HubConfig.class, keys);
        if (settings != null) {
            new ReachRules(settings, keys, problems).check();
            new ChannelRules(settings.channels(), keys, problems).check();
        }
        var policy = policy(file, keys, problems);
        problems.refuseIfAny();
        if (settings == null) {
            throw new IllegalStateException("Settings without problems must be there");
        }
        return new Configuration(file, settings, policy);
    }

    /** The same without channels, for a process that neither receives nor delivers. */
    public Configuration withoutChannels() {
        return new Configuration(file, settings.withoutChannels(), policy);
    }

    /**
     * The data directory alone, in the time that it takes to read the file; the rest may have problems.
     *
     * @throws ConfigurationRefused when the file cannot be read
     */
    public static Path dataDir(Path file) {
        var problems = new Problems();
        var keys = YamlFile.read(file, problems);
        problems.refuseIfAny();
        var text = keys.entries().get("data-dir") instanceof YamlValue.Scalar scalar ? scalar.text() : "data";
        try {
            return folder(file).resolve(text).normalize();
        } catch (InvalidPathException e) {
            problems.add(keys.place().child("data-dir", keys.place().line()), "must be a path");
            throw new ConfigurationRefused(problems.all());
        }
    }

    private static Policy policy(Path file, YamlValue.Keys keys, Problems problems) {
        var ehrs = keys.entries().get("ehrs") instanceof YamlValue.Keys(var place, var entries)
                ? entries.keySet()
                : Set.<String>of();
        if (!(keys.entries().get("policy") instanceof YamlValue.Scalar(var place, var text))) {
            return Policy.NOTHING;
        }
        var policyFile = folder(file).resolve(text).normalize();
        if (!Files.isReadable(policyFile)) {
            problems.add(
                    place, "names a file that is missing or may not be read; create it: nothing is allowed without it");
            return Policy.NOTHING;
        }
        return PolicyFile.read(policyFile, ehrs, problems);
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().normalize().getParent(), "A file has a folder");
    }

    static List<EhrAdapterFactory<?>> factories() {
        var found = new ArrayList<EhrAdapterFactory<?>>();
        ServiceLoader.load(EhrAdapterFactory.class).forEach(found::add);
        return found;
    }
}
