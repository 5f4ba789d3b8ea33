/**
 * The configuration: YAML files read with the place of every value, bound to records, and either whole and sound or refused
 * with all its problems at once. No message repeats a value.
 */
@NullMarked
package org.ehrhub.server.config;

import org.jspecify.annotations.NullMarked;
