package org.ehrhub.store;

import java.nio.file.Path;
import org.ehrhub.policy.AuditTrail;
import tools.jackson.databind.json.JsonMapper;

/** The audit trail as a file of JSON lines that is only ever added to; records of writes are on disk before the call goes on. */
public final class FileAuditTrail implements AuditTrail {
    private final JsonMapper json = JsonMapper.builder().build();
    private final AppendOnlyFile file;

    /** The trail in this file, which is made if need be. */
    public FileAuditTrail(Path file) {
        this.file = new AppendOnlyFile(file);
    }

    @Override
    public void keep(AuditTrail.Entry entry) {
        file.append(json.writeValueAsString(entry), entry.stage() != Stage.READ);
    }

    @Override
    public void close() {
        file.close();
    }
}
