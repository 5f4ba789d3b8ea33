package org.ehrhub.store.audit;

import org.ehrhub.store.Database;

/**
 * Where a trail is read.
 *
 * @param database holds its records
 * @param place the files of the hub that reads it
 */
public record AuditSource(Database database, AuditPlace place) {}
