/** Where the hub keeps its records: a database, H2 in a file unless PostgreSQL is set, and the keys of the data directory. */
@NullMarked
package org.ehrhub.store;

import org.jspecify.annotations.NullMarked;
