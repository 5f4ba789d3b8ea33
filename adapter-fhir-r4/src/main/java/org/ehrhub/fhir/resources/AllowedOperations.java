package org.ehrhub.fhir.resources;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.ehrhub.fhir.Operation;

/** The operations of a server that callers may have run: those that its settings name, each as the settings class it. */
public final class AllowedOperations {
    /**
     * What no setting lets through, on any type: it runs programs, has tools of its own, looks after the server, or makes
     * records vanish or change hands.
     */
    private static final Set<String> NEVER = Set.of(
            "bulk-status",
            "clone",
            "delete-expunge",
            "deploy",
            "execute",
            "export",
            "expunge",
            "graphql",
            "import",
            "init",
            "process-message",
            "push",
            "reindex",
            "reindex-dryrun",
            "resend",
            "rotate-secret",
            "set-accounts");

    /** What changes something or leaves the EHR, whatever a setting says. */
    private static final Set<String> ACTS = Set.of(
            "add",
            "apply",
            "book",
            "cancel",
            "closure",
            "extract",
            "hold",
            "inquire",
            "install",
            "merge",
            "meta-add",
            "meta-delete",
            "refresh-reference-display",
            "remove",
            "submit",
            "transform",
            "undo-merge");

    private final Map<String, Operation> byPath;

    private AllowedOperations(Map<String, Operation> byPath) {
        this.byPath = Map.copyOf(byPath);
    }

    /**
     * Those of the settings.
     *
     * @throws IllegalArgumentException when one may never be called, or cannot be the read that it is said to be
     */
    public static AllowedOperations of(List<Operation> set) {
        for (var operation : set) {
            if (!QueryTypes.mayBeNamed(operation.type()) || NEVER.contains(operation.name())) {
                throw new IllegalArgumentException(
                        "operations must not hold one that looks after the server, runs programs or has a tool of its"
                                + " own, and be on resource types of FHIR R4 that may be queried");
            }
            if (operation.isRead() && ACTS.contains(operation.name())) {
                throw new IllegalArgumentException(
                        "operations must not say of one that changes something that it reads; leave `reads` out there");
            }
        }
        if (set.stream().map(Operation::path).distinct().count() < set.size()) {
            throw new IllegalArgumentException("operations must hold each once");
        }
        return new AllowedOperations(set.stream().collect(Collectors.toMap(Operation::path, Function.identity())));
    }

    /** An operation that may be called and is known to be a read. */
    Optional<Operation> read(String type, String name) {
        return find(type, name).filter(Operation::isRead);
    }

    /** An operation that may be called and is not known to be a read. */
    Optional<Operation> write(String type, String name) {
        return find(type, name).filter(operation -> !operation.isRead());
    }

    /** Whether one of them is, or is not, known to be a read. */
    boolean hasAny(boolean reads) {
        return byPath.values().stream().anyMatch(operation -> operation.isRead() == reads);
    }

    /** Those that are, or are not, known to be reads, for a caller to read. */
    String words(boolean reads) {
        var paths = byPath.values().stream()
                .filter(operation -> operation.isRead() == reads)
                .map(Operation::path)
                .sorted()
                .collect(Collectors.joining(", "));
        return paths.isEmpty() ? "none" : paths;
    }

    private Optional<Operation> find(String type, String name) {
        return Optional.ofNullable(byPath.get(type + "/$" + name));
    }
}
