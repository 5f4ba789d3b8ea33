package org.ehrhub.server.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehrhub.policy.Policy;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolCatalog;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what, {@code policy.yaml}.
 *
 * @param allow what is allowed; nothing else is
 * @param approvals writes that need a person's approval, beyond those whose risk asks for it
 */
record PolicyFile(List<Allow> allow, Set<WriteTool> approvals) {
    /**
     * What one role may do on one EHR.
     *
     * @param role the caller's role; every caller unless given
     * @param ehr the EHR
     * @param reads whether every read is allowed
     * @param writes the writes that are allowed
     */
    record Allow(
            @Default("*") String role,
            KnownEhr ehr,
            @Default("false") boolean reads,
            Set<WriteTool> writes) {}

    /** The name of an EHR of this configuration. */
    record KnownEhr(String name) {}

    /** The canonical name of a tool that writes. */
    record WriteTool(String name) {}

    /** The policy of a file, or nothing allowed when it had problems. */
    static Policy read(Path file, Set<String> ehrs, Problems problems) {
        var readers = new ValueReaders(file.toAbsolutePath(), name -> null)
                .add(KnownEhr.class, (value, found) -> knownEhr(value, ehrs, found))
                .add(WriteTool.class, PolicyFile::writeTool);
        var bound = new RecordBinder(readers, problems).bind(PolicyFile.class, YamlFile.read(file, problems));
        return bound == null ? Policy.NOTHING : bound.policy();
    }

    private static @Nullable KnownEhr knownEhr(YamlValue value, Set<String> ehrs, Problems problems) {
        if (value instanceof YamlValue.Scalar scalar && ehrs.contains(scalar.text())) {
            return new KnownEhr(scalar.text());
        }
        var wrong = value instanceof YamlValue.Scalar scalar ? scalar.text() : "";
        problems.add(value.place(), "is no EHR of this configuration; " + Spelling.suggest(wrong, ehrs));
        return null;
    }

    private static @Nullable WriteTool writeTool(YamlValue value, Problems problems) {
        var text = value instanceof YamlValue.Scalar scalar ? scalar.text() : "";
        var tool = ToolCatalog.canonical().find(text);
        if (tool.isEmpty()) {
            var writes = ToolCatalog.canonical().tools().stream()
                    .filter(known -> known.risk() != Risk.READ)
                    .map(CanonicalTool::name)
                    .toList();
            problems.add(value.place(), "is no tool that writes; " + Spelling.suggest(text, writes));
            return null;
        }
        if (tool.get().risk() == Risk.READ) {
            problems.add(value.place(), "is a tool that reads; `reads: true` allows it, so remove it here");
            return null;
        }
        return new WriteTool(tool.get().name());
    }

    private Policy policy() {
        var grants = allow.stream()
                .map(one -> new Policy.Grant(one.role, one.ehr.name, one.reads, names(one.writes)))
                .toList();
        return new Policy(grants, names(approvals));
    }

    private static Set<String> names(Set<WriteTool> tools) {
        return tools.stream().map(WriteTool::name).collect(Collectors.toSet());
    }
}
